import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { messageOf } from '../../src/shared/errors.ts';
import type { InvokeOutcome } from '../emulator/types.ts';
import { numberIn } from '../scenarios/numbered-page.ts';
import type { ContentCoding, Exchange } from '../scenarios/scenario.ts';

/** The status as JSON writers without spaces put it; an adapter that writes it otherwise is checked in full each time. */
const STATUS = Buffer.from('"statusCode":200');

/** Of answers that all differ, one of so many is checked in full. */
const CHECKED_OF = 32;

/**
 * Tells right answers from wrong ones. The first answer of each length is taken apart and compared byte for byte; later ones
 * of that length only have to show the status in the same place. A check of every byte would cost more than the adapter.
 * Where all answers differ that tells less, so some of the later ones are taken apart too, and no two may have the same number.
 */
export class AnswerCheck {
  readonly #exchange: Exchange;
  /** Offset of the status in a right answer, by the answer's length. */
  readonly #statusAt = new Map<number, number>();
  readonly #numbers = new Set<number>();
  #answers = 0;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** What is wrong with the outcome; null if nothing is. */
  problemOf(outcome: InvokeOutcome): string | null {
    if (outcome.kind !== 'response') return describeOutcome(outcome);
    const { body } = outcome;
    const at = this.#isDue() ? undefined : this.#statusAt.get(body.length);
    if (at !== undefined && body.compare(STATUS, 0, STATUS.length, at, at + STATUS.length) === 0) return null;
    const problem = this.#problemOfEnvelope(body);
    const statusAt = body.indexOf(STATUS);
    if (problem === null && statusAt !== -1) this.#statusAt.set(body.length, statusAt);
    return problem;
  }

  #isDue(): boolean {
    return this.#exchange.answer.numberAt !== null && ++this.#answers % CHECKED_OF === 0;
  }

  #problemOfEnvelope(bytes: Buffer): string | null {
    const { contentCoding } = this.#exchange;
    try {
      const envelope = new Map<string, unknown>(Object.entries(JSON.parse(bytes.toString())));
      const status = envelope.get('statusCode');
      if (status !== 200) return `status ${String(status)}: ${bytes.toString().slice(0, 300)}`;
      const coding = headerOf(envelope.get('headers'), 'content-encoding');
      if (coding !== contentCoding) return `content-encoding ${coding}, not ${contentCoding}`;
      const isBase64 = envelope.get('isBase64Encoded') === true;
      return this.#problemOfBody(decode(String(envelope.get('body')), isBase64, contentCoding));
    } catch (error) {
      return `an answer that cannot be read (${messageOf(error)}): ${bytes.toString().slice(0, 300)}`;
    }
  }

  #problemOfBody(sent: Buffer): string | null {
    const { body, numberAt } = this.#exchange.answer;
    const number = numberAt === null ? null : numberIn(sent, body, numberAt);
    const isRight = numberAt === null ? sent.equals(body) : number !== null;
    if (!isRight) return `a body of ${sent.length} bytes that is not the one the app sent`;
    if (number === null) return null;
    if (this.#numbers.has(number)) return `the page with number ${number} for the second time`;
    this.#numbers.add(number);
    return null;
  }
}

/** What came instead of an answer. */
export function describeOutcome(outcome: Exclude<InvokeOutcome, { kind: 'response' }>): string {
  switch (outcome.kind) {
    case 'error':
      return `error ${outcome.errorType}: ${outcome.body.slice(0, 300)}`;
    case 'too-large':
      return `answer over the limit: ${outcome.bytes} bytes`;
    default:
      return outcome.kind;
  }
}

function headerOf(headers: unknown, name: string): string | null {
  const entries = Object.entries(headers ?? {});
  const found = entries.find(([key]) => key.toLowerCase() === name);
  return found === undefined ? null : String(found[1]);
}

function decode(text: string, base64: boolean, coding: ContentCoding | null): Buffer {
  const bytes = Buffer.from(text, base64 ? 'base64' : 'utf8');
  switch (coding) {
    case null:
      return bytes;
    case 'gzip':
      return gunzipSync(bytes);
    case 'br':
      return brotliDecompressSync(bytes);
    case 'zstd':
      return zstdDecompressSync(bytes);
  }
}
