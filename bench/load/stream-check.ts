import type { InvokeOutcome } from '../emulator/types.ts';
import { answerBytes, type Answer } from '../scenarios/scenario.ts';
import { describeOutcome } from './answer-check.ts';

const DELIMITER = Buffer.alloc(8);

/** Reads one streamed answer: metadata, eight NUL bytes, then the body, which is compared as it arrives and not kept. */
export class StreamCheck {
  /** When the first byte of the body came, on the clock of `performance.now()`; NaN before. */
  firstByteAt = NaN;
  /** As the adapter posted it, metadata included. */
  bytes = 0;
  readonly #answer: Answer;
  /** What has come of the metadata; null when all of it has. */
  #held: Buffer | null = Buffer.alloc(0);
  #status: unknown;
  #bodyBytes = 0;
  #problem: string | null = null;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.#held === null) return this.#compare(chunk);
    this.#held = Buffer.concat([this.#held, chunk]);
    const end = this.#held.indexOf(DELIMITER);
    if (end === -1) return;
    const body = this.#held.subarray(end + DELIMITER.length);
    try {
      ({ statusCode: this.#status } = JSON.parse(this.#held.toString('utf8', 0, end)));
    } catch {
      this.#problem ??= 'metadata that is not JSON';
    }
    this.#held = null;
    this.#compare(body);
  }

  /** What is wrong with the answer; null if nothing is. */
  problemOf(outcome: InvokeOutcome): string | null {
    if (outcome.kind !== 'response') return describeOutcome(outcome);
    if (!outcome.streamed || this.#held !== null) return 'an answer that is not streamed';
    if (outcome.trailers !== null) return `a stream that broke off: ${outcome.trailers.errorType}`;
    if (this.#problem !== null) return this.#problem;
    if (this.#status !== 200) return `status ${String(this.#status)}`;
    return this.#bodyBytes === answerBytes(this.#answer) ? null : `a body of ${this.#bodyBytes} bytes`;
  }

  #compare(chunk: Buffer): void {
    if (chunk.length > 0 && Number.isNaN(this.firstByteAt)) this.firstByteAt = performance.now();
    const { body } = this.#answer;
    for (let at = 0; at < chunk.length;) {
      const from = (this.#bodyBytes + at) % body.length;
      const length = Math.min(chunk.length - at, body.length - from);
      if (chunk.compare(body, from, from + length, at, at + length) !== 0) {
        this.#problem ??= `a body that is not the one the app sent from byte ${this.#bodyBytes + at} on`;
      }
      at += length;
    }
    this.#bodyBytes += chunk.length;
  }
}
