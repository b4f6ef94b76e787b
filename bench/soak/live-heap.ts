import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROBE = fileURLToPath(new URL('./heap-probe.cjs', import.meta.url));
const WAIT_MS = 5000;
const LOOK_EVERY_MS = 50;

/** Lets a program on Node tell what its heaps hold. */
export class LiveHeap {
  readonly #file: string;

  /** @param folder Where the program may write. */
  constructor(folder: string) {
    this.#file = join(folder, 'heap-bytes');
  }

  /** Variables that the program has to be started with. */
  get env(): Record<string, string> {
    return { NODE_OPTIONS: `--require=${PROBE}`, HEAP_PROBE_FILE: this.#file };
  }

  /**
   * Bytes that all threads of this process hold after a full garbage collection, buffers included.
   *
   * @returns 0 when it does not tell, as when it has ended
   */
  async measure(pid: number): Promise<number> {
    rmSync(this.#file, { force: true });
    try {
      process.kill(pid, 'SIGUSR2');
    } catch {
      return 0;
    }
    for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += LOOK_EVERY_MS) {
      await sleep(LOOK_EVERY_MS);
      try {
        return Number(readFileSync(this.#file, 'latin1'));
      } catch {
        // Not yet.
      }
    }
    return 0;
  }
}
