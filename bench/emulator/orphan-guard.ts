import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** Collects process ids from its input; when that ends without the guard having been dismissed, kills their groups. */
const SCRIPT = 'while read -r id; do ids="$ids $id"; done; for id in $ids; do kill -s KILL -- "-$id"; done';

/**
 * Sees to it that no process of the environment outlives this one, even if this one is killed: process groups of their own
 * keep a Ctrl-C or a dying terminal from reaching them.
 */
export class OrphanGuard {
  readonly #input: Writable;
  readonly #dismiss: () => void;

  constructor() {
    const guard = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    // Without a shell there is no guard; all else still works.
    guard.on('error', () => {});
    guard.stdin.on('error', () => {});
    guard.unref();
    if ('unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
    this.#input = guard.stdin;
    this.#dismiss = () => guard.kill('SIGKILL');
  }

  watch(pid: number | null): void {
    if (pid !== null) this.#input.write(`${pid}\n`);
  }

  dismiss(): void {
    this.#dismiss();
    this.#input.destroy();
  }
}
