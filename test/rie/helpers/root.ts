import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

interface Contents {
  readonly withAdapter?: boolean;
  readonly hidesConcurrency?: boolean;
  readonly bootstrap?: string;
  readonly extensions?: Readonly<Record<string, string>>;
}

/** What an environment finds at /opt, /var and in TMPDIR, in a folder of its own: layer unpacked, function deployed. */
export function makeRoot(contents: Contents): string {
  const { withAdapter = true, hidesConcurrency = false, bootstrap, extensions = {} } = contents;
  const root = mkdtempSync(join(tmpdir(), 'rie-root-'));
  for (const folder of ['opt/extensions', 'var/task', 'tmp']) mkdirSync(join(root, folder), { recursive: true });
  // On Managed Instances the emulator runs its processes as another user.
  chmodSync(root, 0o755);
  chmodSync(join(root, 'tmp'), 0o1777);
  if (withAdapter) execFileSync('unzip', ['-q', inject('layer'), '-d', join(root, 'opt')]);
  if (hidesConcurrency) hideConcurrency(root);
  for (const [name, script] of Object.entries(extensions)) writeScript(join(root, 'opt/extensions', name), script);
  copyFileSync(join(import.meta.dirname, 'app.mjs'), join(root, 'var/task/app.mjs'));
  writeScript(join(root, 'var/task/run.sh'), 'exec node app.mjs');
  if (bootstrap !== undefined) writeScript(join(root, 'var/task/bootstrap'), bootstrap);
  return root;
}

/** The adapter's launcher finds its bundles from a sibling of `extensions` as well. */
function hideConcurrency(root: string): void {
  const extension = join(root, 'opt/extensions/lambda-adapter');
  mkdirSync(join(root, 'opt/untold'));
  renameSync(extension, join(root, 'opt/untold/lambda-adapter'));
  writeScript(extension, 'unset AWS_LAMBDA_MAX_CONCURRENCY; exec /opt/untold/lambda-adapter');
}

function writeScript(path: string, command: string): void {
  writeFileSync(path, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
}
