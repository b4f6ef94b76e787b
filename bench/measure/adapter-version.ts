import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of the npm package that a program belongs to; for any other program the start of its SHA-256. */
export function adapterVersion(path: string): string {
  const file = realpathSync(path);
  return packageVersion(dirname(file)) ?? `sha256 ${hashOf(file)}`;
}

function packageVersion(folder: string): string | null {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) {
    const { version }: { version?: unknown } = JSON.parse(readFileSync(manifest, 'utf8'));
    if (typeof version === 'string') return version;
  }
  const parent = dirname(folder);
  return parent === folder ? null : packageVersion(parent);
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
}
