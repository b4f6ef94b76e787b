import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { messageOf } from '../../src/shared/errors.ts';
import type { InvokeOutcome } from '../emulator/types.ts';
import type { ContentCoding, Exchange } from '../scenarios/scenario.ts';

/** The status as JSON writers without spaces put it; an adapter that writes it otherwise is checked in full each time. */
const STATUS = Buffer.from('"statusCode":200');

/**
 * Tells right answers from wrong ones. The first answer of each length is taken apart and compared byte for byte; later ones
 * of that length only have to show the status in the same place. A check of every byte would cost more than the adapter.
 */
export class AnswerCheck {
  readonly #exchange: Exchange;
  /** Offset of the status in a right answer, by the answer's length. */
  readonly #statusAt = new Map<number, number>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** What is wrong with the outcome; null if nothing is. */
  problemOf(outcome: InvokeOutcome): string | null {
    if (outcome.kind !== 'response') return describeOutcome(outcome);
    const { body } = outcome;
    const at = this.#statusAt.get(body.length);
    if (at !== undefined && body.compare(STATUS, 0, STATUS.length, at, at + STATUS.length) === 0) return null;
    const problem = problemOfEnvelope(body, this.#exchange);
    const statusAt = body.indexOf(STATUS);
    if (problem === null && statusAt !== -1) this.#statusAt.set(body.length, statusAt);
    return problem;
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

function problemOfEnvelope(bytes: Buffer, { answer, contentCoding }: Exchange): string | null {
  try {
    const envelope = new Map<string, unknown>(Object.entries(JSON.parse(bytes.toString())));
    const status = envelope.get('statusCode');
    if (status !== 200) return `status ${String(status)}: ${bytes.toString().slice(0, 300)}`;
    const coding = headerOf(envelope.get('headers'), 'content-encoding');
    if (coding !== contentCoding) return `content-encoding ${coding}, not ${contentCoding}`;
    const body = decode(String(envelope.get('body')), envelope.get('isBase64Encoded') === true, contentCoding);
    if (!body.equals(answer.body)) return `a body of ${body.length} bytes that is not the one the app sent`;
    return null;
  } catch (error) {
    return `an answer that cannot be read (${messageOf(error)}): ${bytes.toString().slice(0, 300)}`;
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
