import { setFlagsFromString } from 'node:v8';
import { Piscina } from 'piscina';
import type { Config } from '../../shared/config.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ServeTask } from '../../shared/protocol.ts';
import type { Handle, Invoker } from './invoker.ts';
import { SERVE_FILE } from './serve-module.ts';
import { WorkerLink } from './worker-link.ts';

/** A thread that lived shorter than this is replaced with a pause, or a broken one would be restarted in a loop. */
const SHORT_LIFE_MS = 1000;
const RESTART_PAUSE_MS = 500;
/** Half of a thread's young generation. */
const THREAD_SEMI_SPACE_MB = 4;

/**
 * Worker threads that serve invocations. Piscina starts them, watches them and replaces the dead; each runs a single
 * task for its whole life, which serves the channel it was given.
 */
export class ThreadPool implements Invoker {
  readonly #config: Config;
  readonly #logger: Logger;
  readonly #pool: Piscina<ServeTask, void>;
  readonly #links: WorkerLink[] = [];
  #closing = false;

  constructor(config: Config, threads: number, logger: Logger) {
    this.#config = config;
    this.#logger = logger;
    boundYoungGenerations();
    this.#pool = new Piscina<ServeTask, void>({
      filename: SERVE_FILE,
      minThreads: threads,
      maxThreads: threads,
      // The default lets a thread sleep without its event loop, and a connection to the app could not be watched.
      atomics: 'disabled',
      recordTiming: false,
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.#pool.on('error', (error) => logger.error(`worker pool: ${messageOf(error)}`));
    for (let index = 0; index < threads; index++) this.#start(index);
  }

  /** The thread with the least to do gets the invocation. */
  invoke(...[invocation, reply]: Parameters<Invoker['invoke']>): Handle {
    let least = this.#links[0];
    for (const link of this.#links) {
      if (least === undefined || link.inFlight.size < least.inFlight.size) least = link;
    }
    if (least === undefined) throw new Error('the pool has no threads');
    return least.invoke(invocation, reply);
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const link of this.#links) link.finish();
    await this.#pool.close();
  }

  /** Invocations that come before the thread is up wait in its channel. */
  #start(index: number, pauseMs = 0): void {
    const link = new WorkerLink();
    this.#links[index] = link;
    if (pauseMs === 0) this.#run(index, link);
    else setTimeout(() => this.#run(index, link), pauseMs);
  }

  #run(index: number, link: WorkerLink): void {
    const startedAt = Date.now();
    const task: ServeTask = { port: link.remotePort, config: this.#config };
    this.#pool.run(task, { transferList: [link.remotePort] }).then(
      () => this.#replace(index, link, startedAt, 'it ended'),
      (error: unknown) => this.#replace(index, link, startedAt, messageOf(error)),
    );
  }

  #replace(index: number, link: WorkerLink, startedAt: number, reason: string): void {
    link.close();
    if (this.#closing) return;
    const lost = link.inFlight.size;
    this.#logger.error(
      `worker thread ${index} died (${reason}); ${lost} invocations fail, a new thread takes its place`,
    );
    this.#start(index, Date.now() - startedAt < SHORT_LIFE_MS ? RESTART_PAUSE_MS : 0);
    link.inFlight.failAll({
      errorType: 'Runtime.WorkerCrashed',
      errorMessage: `the adapter's worker thread died while it served this invocation (${reason}); it has been replaced, the invocation can be repeated`,
    });
  }
}

/**
 * What an invocation leaves behind is garbage soon after: a young generation that grows takes memory and lengthens the pauses
 * to collect it. Semi-spaces stay at 1 MB here, where only buffers pass, and at 4 MB in the threads: 20 MB less at 64 in flight.
 */
function boundYoungGenerations(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(`--min-semi-space-size=${THREAD_SEMI_SPACE_MB}`);
}
