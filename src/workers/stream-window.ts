import { windowBytes } from './stream-budget.ts';

/** Counts the bytes of one stream that are on their way to the platform, and says when the app has to wait for them. */
export class StreamWindow {
  #unacknowledged = 0;
  #isPaused = false;

  /** True when the app has to be paused now. */
  send(bytes: number): boolean {
    this.#unacknowledged += bytes;
    if (this.#isPaused || this.#unacknowledged < windowBytes()) return false;
    this.#isPaused = true;
    return true;
  }

  /** True when the app may go on now: half a window saves most pauses of a slow stream. */
  credit(bytes: number): boolean {
    this.#unacknowledged -= bytes;
    if (!this.#isPaused || this.#unacknowledged > windowBytes() / 2) return false;
    this.#isPaused = false;
    return true;
  }
}
