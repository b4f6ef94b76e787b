// Makes a fresh clone ready (installs, builds) and then runs a program of this project on a Node that is new enough:
//   node scripts/run.mjs bench/dev/cli.ts --once      a TypeScript file of ours
//   node scripts/run.mjs vitest run                   a tool from node_modules/.bin
// Plain JavaScript without dependencies: it has to work on Node 20 before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const binaries = join(root, 'node_modules', '.bin');
const NEEDED = [22, 19];

if (isOlder(join(root, 'node_modules', '.package-lock.json'), [join(root, 'package-lock.json')])) {
  say('installing dependencies (once; about half a minute)');
  step('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
}
const node = findNode();
// The last file that a build writes: without it the build was interrupted.
if (
  isOlder(
    join(root, 'dist', 'lambda-adapter-dev'),
    ['src', 'bench', 'scripts', 'package.json'].map((name) => join(root, name)),
  )
) {
  say('building dist/');
  step(node, [join(root, 'scripts', 'build.mjs')]);
}

const [program, ...args] = process.argv.slice(2);
const command = program.endsWith('.ts') ? [join(root, program)] : [join(binaries, program)];
const child = spawn(node, [...command, ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}` },
});
// Ctrl-C reaches the program too, being in the same process group; it decides when to end, we only pass its verdict on.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
if (process.env.npm_lifecycle_event !== undefined) {
  // A SIGTERM for npm goes no further than the shell that it runs us with: that our parent is gone is all we notice.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

/** The pinned Node of this project where npm has a build for the platform, else the one we run on if it will do. */
function findNode() {
  const pinned = join(binaries, 'node');
  if (existsSync(pinned)) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return process.execPath;
  console.error(
    `This machine has Node ${process.versions.node} and npm has no newer one for ${process.platform}-${process.arch}. ` +
      `Install Node ${NEEDED.join('.')} or newer and run the command again.`,
  );
  return process.exit(1);
}

function step(tool, toolArgs) {
  const { status, error } = spawnSync(tool, toolArgs, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  console.error(`${tool} ${toolArgs.join(' ')} failed${error ? `: ${error.message}` : ` with exit code ${status}`}`);
  process.exit(1);
}

function isOlder(product, sources) {
  if (!existsSync(product)) return true;
  const built = statSync(product).mtimeMs;
  return sources.some((source) => newest(source) > built);
}

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), mtimeMs);
}

function say(text) {
  console.error(`› ${text}`);
}
