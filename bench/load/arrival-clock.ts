import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { programFile } from '../program-file.ts';
import type { ArrivalMessage, ArrivalPlan } from './arrival-plan.ts';
import { monotonicMs } from './monotonic-clock.ts';

const PROGRAM = programFile('./arrivals-thread.ts', import.meta.url);

/** Calls at the moments of a Poisson process. Starting one takes tens of milliseconds; a load should find it ready. */
export class ArrivalClock {
  /** Its one element leaves 0 when the schedule is to end early. */
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #thread = new Worker(PROGRAM, { workerData: this.#stop });
  /** From the clock of the threads to that of `performance.now()`. */
  readonly #offset = performance.now() - monotonicMs();

  /** @returns a clock whose thread runs. */
  static async start(): Promise<ArrivalClock> {
    const clock = new ArrivalClock();
    await once(clock.#thread, 'online');
    return clock;
  }

  /**
   * @param onDue called with the moment for which an invocation was due, on the clock of `performance.now()`; false ends it
   * @returns when the schedule began, once it is over
   */
  async run(plan: ArrivalPlan, onDue: (dueMs: number) => boolean): Promise<number> {
    Atomics.store(this.#stop, 0, 0);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let beganMs = NaN;
    const onMessage = (message: ArrivalMessage): void => {
      switch (message.kind) {
        case 'began':
          beganMs = message.atMs + this.#offset;
          break;
        case 'due':
          if (!onDue(message.atMs + this.#offset)) this.#end();
          break;
        case 'over':
          resolve();
      }
    };
    this.#thread.on('message', onMessage).once('error', reject);
    this.#thread.postMessage(plan, []);
    await promise;
    this.#thread.off('message', onMessage).off('error', reject);
    return beganMs;
  }

  async close(): Promise<void> {
    this.#end();
    await this.#thread.terminate();
  }

  #end(): void {
    Atomics.store(this.#stop, 0, 1);
    Atomics.notify(this.#stop, 0);
  }
}
