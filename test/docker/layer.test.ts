import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function pack(name: string, env: Record<string, string> = {}): Buffer {
  const file = join(folder, name);
  execFileSync(process.execPath, [join(root, 'docker/layer.mjs'), file], { env: { ...process.env, ...env } });
  return readFileSync(file);
}

describe('the layer', () => {
  it('holds what the image holds below /opt, and nothing beside the launcher in extensions/', () => {
    const files = unzipSync(pack('layer.zip'));
    expect(Object.keys(files)).toEqual([
      'bootstrap',
      'extensions/lambda-adapter',
      'lambda-adapter/main.js',
      'lambda-adapter/pino.js',
      'lambda-adapter/serve.js',
      'lambda-adapter/worker.js',
      'package.json',
    ]);
    expect(Buffer.from(files['bootstrap'] ?? [])).toEqual(readFileSync(join(root, 'docker/bootstrap')));
    expect(Buffer.from(files['extensions/lambda-adapter'] ?? [])).toEqual(
      readFileSync(join(root, 'dist/lambda-adapter')),
    );
  });

  it('is the same byte for byte, whenever and in whichever time zone it is packed', () => {
    const once = pack('once.zip', { TZ: 'Asia/Tokyo' });
    expect(pack('twice.zip', { TZ: 'America/Lima' }).equals(once)).toBe(true);
  });
});
