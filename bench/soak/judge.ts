import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { assertNever, messageOf } from '../../src/shared/errors.ts';
import type { HttpAnswer } from '../emulator/answers/http-answer.ts';
import { splitPrelude } from '../emulator/answers/prelude.ts';
import { headerValue } from '../emulator/events/header-maps.ts';
import { FRONT_DOORS, type EventSource } from '../emulator/front-doors.ts';
import type { InvokeOutcome } from '../emulator/types.ts';
import { ID_PATTERN } from './marked-bytes.ts';
import type { Shot } from './shot.ts';

export type Verdict =
  | { readonly kind: 'right' }
  /** Nobody answered, or the answer did not arrive whole. */
  | { readonly kind: 'lost'; readonly detail: string }
  /** The answer is, or has something of, another invocation's. */
  | { readonly kind: 'crossed'; readonly detail: string }
  | { readonly kind: 'unexpected'; readonly detail: string };

type Answered = Extract<InvokeOutcome, { kind: 'response' }>;

/** What the platform reports when a process of the environment has ended. */
const ENVIRONMENT_GONE: ReadonlySet<string> = new Set(['Extension.Crash', 'Runtime.ExitError']);

const RIGHT: Verdict = { kind: 'right' };

/** Compares how an invocation ended with how it had to. */
export function judge(shot: Shot, outcome: InvokeOutcome): Verdict {
  switch (outcome.kind) {
    case 'timeout':
    case 'refused':
    case 'truncated':
    case 'too-large':
      return { kind: 'lost', detail: outcome.kind };
    case 'error':
      // Its message holds the log of the dead, in which there are many ids.
      if (ENVIRONMENT_GONE.has(outcome.errorType)) return { kind: 'lost', detail: outcome.errorType };
      if (shot.expected.kind === 'failure' && shot.expected.errorType === outcome.errorType) {
        return foreignIdIn(outcome.body, shot.id) ?? RIGHT;
      }
      return mismatch(shot, `error ${outcome.errorType}: ${outcome.body}`);
    case 'response':
      try {
        return judgeAnswer(shot, outcome);
      } catch (error) {
        return { kind: 'unexpected', detail: `an answer that cannot be read: ${messageOf(error)}` };
      }
  }
}

function judgeAnswer(shot: Shot, outcome: Answered): Verdict {
  const { expected } = shot;
  switch (expected.kind) {
    case 'failure':
      return mismatch(shot, `an answer: ${outcome.body.toString()}`);
    case 'event':
      return outcome.body.equals(Buffer.from(expected.body)) ? RIGHT : mismatch(shot, outcome.body.toString());
    case 'broken-stream':
      if (outcome.trailers?.errorType !== expected.errorType) return mismatch(shot, endOf(outcome));
      return judgeHttp(shot, outcome, 200, expected.body, true);
    case 'http':
      if (outcome.trailers !== null) return mismatch(shot, endOf(outcome));
      return judgeHttp(shot, outcome, expected.status, expected.body, expected.bearsId);
    default:
      return assertNever(expected);
  }
}

function judgeHttp(shot: Shot, outcome: Answered, status: number, body: HttpAnswer['body'], bearsId: boolean): Verdict {
  if (shot.source === null) return mismatch(shot, 'the answer to a request');
  const answer = readAnswer(shot.source, outcome);
  const answerId = headerValue(answer.headers, 'x-soak-id');
  if (answerId !== null && answerId !== shot.id) return { kind: 'crossed', detail: `answered with ${answerId}` };
  const received = decoded(answer);
  if (!received.equals(Buffer.from(body))) return mismatch(shot, received.toString());
  if (answer.status !== status) return mismatch(shot, `status ${answer.status}`);
  return bearsId && answerId === null ? mismatch(shot, 'an answer without its id') : RIGHT;
}

function readAnswer(source: EventSource, { streamed, body }: Answered): HttpAnswer {
  if (!streamed) return FRONT_DOORS[source].fromAnswer(body.toString());
  const split = splitPrelude(body, FRONT_DOORS[source].stream === 'multi-headers');
  if (split === null) throw new Error('a stream that ended within its metadata');
  return { ...split.head, body: split.rest };
}

function decoded({ headers, body }: HttpAnswer): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const coding = headerValue(headers, 'content-encoding');
  // Without a body to HEAD, the headers describe the one that GET would have had.
  if (bytes.length === 0) return bytes;
  switch (coding) {
    case null:
      return bytes;
    case 'gzip':
      return gunzipSync(bytes);
    case 'br':
      return brotliDecompressSync(bytes);
    case 'zstd':
      return zstdDecompressSync(bytes);
    default:
      throw new Error(`the coding ${coding}, which nobody asked for`);
  }
}

function mismatch(shot: Shot, found: string): Verdict {
  const detail = `expected ${shot.expected.kind}, got ${found.slice(0, 300)}`;
  return foreignIdIn(found, shot.id) ?? { kind: 'unexpected', detail };
}

function foreignIdIn(text: string, id: string): Verdict | null {
  const foreign = text.match(ID_PATTERN)?.find((found) => found !== id);
  return foreign === undefined ? null : { kind: 'crossed', detail: `it has something of ${foreign}` };
}

function endOf({ trailers }: Answered): string {
  return trailers === null ? 'a stream that ended well' : `a stream that ended with ${trailers.errorType}`;
}
