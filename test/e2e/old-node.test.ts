import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startAdapter, type AdapterOptions } from '../helpers/adapter.ts';
import { preload } from '../helpers/preload.ts';

/** The Node of the machine, when it is older than the oldest that is supported. */
function oldNode(): string | null {
  const path = '/usr/bin/node';
  if (!existsSync(path)) return null;
  const [major = 0, minor = 0] = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' })
    .split('.')
    .map(Number);
  return major < 22 || (major === 22 && minor < 19) ? path : null;
}

test('on an old Node the adapter ends at once with a sentence that says what it needs', async () => {
  const node = oldNode();
  const options: AdapterOptions = node === null ? { env: preload('node-20.cjs') } : { node };
  const adapter = await startAdapter({ ...options, waitForInit: false });
  expect(await adapter.exit()).toMatchObject({ code: 1 });
  expect(adapter.log.lines).toHaveLength(1);
  expect(adapter.log.text).toMatch(
    /^lambda-adapter needs Node 22\.19 or newer and found 20\.\d+\.\d+ \(.*node.*\)\. Use /,
  );
});
