import { STREAM_WINDOW_BYTES } from '../shared/protocol.ts';

/** How far the app is let on again before it is resumed: half a window saves most pauses of a slow stream. */
const RESUME_AT_BYTES = STREAM_WINDOW_BYTES / 2;

/** Counts the bytes of one stream that are on their way to the platform, and says when the app has to wait for them. */
export class StreamWindow {
  #unacknowledged = 0;
  #isPaused = false;

  /** True when the app has to be paused now. */
  send(bytes: number): boolean {
    this.#unacknowledged += bytes;
    if (this.#isPaused || this.#unacknowledged < STREAM_WINDOW_BYTES) return false;
    this.#isPaused = true;
    return true;
  }

  /** True when the app may go on now. */
  credit(bytes: number): boolean {
    this.#unacknowledged -= bytes;
    if (!this.#isPaused || this.#unacknowledged > RESUME_AT_BYTES) return false;
    this.#isPaused = false;
    return true;
  }
}
