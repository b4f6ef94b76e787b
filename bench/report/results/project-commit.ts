import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The package's, from bench/report/results/ and, bundled, from dist/bench/. */
const ROOT = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../..' : '../..', import.meta.url));

/** The commit of this project, `-dirty` with changes; null outside a checkout of it, or without git. */
export function projectCommit(): string | null {
  const top = git('rev-parse', '--show-toplevel');
  // Installed, the package may lie in the checkout of another project.
  if (top === null || top !== realpathSync(ROOT)) return null;
  const commit = git('rev-parse', 'HEAD');
  if (commit === null) return null;
  return git('status', '--porcelain') === '' ? commit : `${commit}-dirty`;
}

function git(...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
