import type { ServerResponse } from 'node:http';

import type { Settings } from './settings.ts';

/** The open `/next` calls, first in first out. */
export class ParkedPolls {
  most = 0;
  dropped = 0;
  readonly #settings: Settings;
  readonly #polls = new Set<ServerResponse>();
  readonly #waiters: { readonly count: number; readonly resolve: () => void; readonly reject: (e: Error) => void }[] =
    [];
  #failure: Error | null = null;
  #ending = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get size(): number {
    return this.#polls.size;
  }

  add(poll: ServerResponse): void {
    poll.once('close', () => this.#drop(poll));
    this.#polls.add(poll);
    this.most = Math.max(this.most, this.#polls.size);
    this.#settings.onStep({ kind: 'poll-parked', parked: this.#polls.size });
    for (let index = this.#waiters.length - 1; index >= 0; index--) {
      if ((this.#waiters[index]?.count ?? 0) > this.#polls.size) continue;
      for (const { resolve } of this.#waiters.splice(index, 1)) resolve();
    }
  }

  /** The oldest one, which is no longer parked then. */
  take(): ServerResponse | undefined {
    const [poll] = this.#polls;
    if (poll !== undefined) this.#polls.delete(poll);
    return poll;
  }

  /** Resolves when at least `count` polls are parked. */
  wait(count: number): Promise<void> {
    if (this.#polls.size >= count) return Promise.resolve();
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => this.#waiters.push({ count, resolve, reject }));
  }

  /** From now on clients hang up because they end. */
  end(): void {
    this.#ending = true;
  }

  /** Whoever waits for polls waits in vain. */
  fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }

  /** The platform's own emulator would still hand an event to the dead connection; here the poll is gone, and counted. */
  #drop(poll: ServerResponse): void {
    if (!this.#polls.delete(poll) || this.#ending) return;
    this.dropped++;
    this.#settings.onStep({ kind: 'poll-dropped', parked: this.#polls.size });
  }
}
