// Runs the whole suite with the adapter on each Node line that it supports. The tests themselves stay on the pinned one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The oldest that is accepted, and the newest of each later line but the pinned one, which `npm test` covers. */
const VERSIONS = ['22.19.0', '24.21.0'];

const root = fileURLToPath(new URL('..', import.meta.url));
const versions = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
for (const version of versions) {
  const node = install(version);
  console.log(`\n=== the adapter on Node ${version}`);
  const run = spawnSync('node', [join(root, 'scripts/run.mjs'), 'vitest', 'run'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ADAPTER_NODE: node },
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

/** Fetches that Node from the npm registry into .cache/, once. */
function install(version) {
  const home = join(root, '.cache', `node-${version}`);
  const node = join(home, 'node_modules', '.bin', 'node');
  if (existsSync(node)) return node;
  mkdirSync(home, { recursive: true });
  const name = `node-${process.platform}-${process.arch}@${version}`;
  const installed = spawnSync('npm', ['install', '--prefix', home, '--no-save', '--loglevel=error', name], {
    stdio: 'inherit',
  });
  if (installed.status === 0 && existsSync(node)) return node;
  console.error(`npm has no ${name}: the suite cannot run with it on this machine`);
  return process.exit(1);
}
