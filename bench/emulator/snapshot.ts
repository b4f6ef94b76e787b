import type { ServerResponse } from 'node:http';

import type { InitPhase } from './init-phase.ts';
import { send } from './replies.ts';
import type { Settings } from './settings.ts';

/**
 * The snapshot of an environment with SnapStart: it is taken when the runtime asks to be restored, and restored when the first
 * invocation comes. Here the processes just go on: nothing is frozen in between.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
 */
export class Snapshot {
  readonly #settings: Settings;
  readonly #init: InitPhase;
  #poll: ServerResponse | null = null;
  #isWanted = false;

  constructor(settings: Settings, init: InitPhase) {
    this.#settings = settings;
    this.#init = init;
  }

  /** `restore/next`: the runtime is ready for the snapshot. */
  take(poll: ServerResponse): void {
    this.#settings.onStep({ kind: 'checkpoint' });
    this.#poll = poll;
    this.#init.onRuntimeReady();
    if (this.#isWanted) this.restore();
  }

  /** An invocation has come. */
  restore(): void {
    this.#isWanted = true;
    const poll = this.#poll;
    if (poll === null) return;
    this.#poll = null;
    this.#settings.onStep({ kind: 'restored' });
    send(poll, { status: 200, body: '', errorType: '' });
  }
}
