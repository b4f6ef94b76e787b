import type { ErrorType } from '../../../src/shared/errors.ts';
import { markedBytes } from '../marked-bytes.ts';
import type { Expected } from '../shot.ts';
import { pick, type Draft, type Kind } from './kind.ts';
import { answered, viaHttp, viaQueue } from './requests.ts';

/** The app's status that is configured to fail an invocation from any source. */
export const FAILING_STATUS = 599;
/** How long before the deadline the adapter is to give up, in milliseconds: more than a crowded machine holds it up. */
export const DEADLINE_MARGIN_MS = 600;
const SHORT_TIMEOUT_MS = 1200;
const HALF_BYTES = 3000;
const BROKEN_EVENTS = ['', '{"version":"2.0","rawPath":', '{"Records":[{]}', '\u0000'] as const;

/** What goes badly, one kind for each way. */
export const FAULTS: readonly Kind[] = [
  { name: 'app resets', weight: 3, make: (draft) => breaks(draft, '/reset') },
  { name: 'app closes without an answer', weight: 3, make: (draft) => breaks(draft, '/close') },
  { name: 'app closes within the body', weight: 3, make: half },
  { name: 'malformed head', weight: 2, make: malformed },
  { name: 'too slow to begin', weight: 2, make: hang },
  { name: 'too slow to end', weight: 2, make: hangHalfway },
  { name: 'too slow for an event', weight: 1, make: hangingEvent },
  { name: 'error status', weight: 3, make: errorStatus },
  { name: 'error status that fails', weight: 2, make: failingStatus },
  { name: 'event fails', weight: 2, make: failingEvent },
  { name: 'invalid event', weight: 3, make: invalidEvent },
  { name: 'too much', weight: 2, make: tooMuch },
];

function breaks(draft: Draft, target: string) {
  const method = pick(['GET', 'POST'], draft.random);
  return viaHttp(draft, 'function-url', { target, method }, failed('Function.AppConnectionReset'));
}

function half(draft: Draft) {
  return viaHttp(draft, 'rest', { target: `/half?bytes=${HALF_BYTES}` }, broken(draft, 'Function.AppConnectionReset'));
}

function malformed(draft: Draft) {
  return viaHttp(draft, 'http-api', { target: '/malformed' }, failed('Function.AppInvalidResponse'));
}

function hang(draft: Draft) {
  return viaHttp(draft, 'alb', { target: '/hang', timeoutMs: SHORT_TIMEOUT_MS }, TIMED_OUT);
}

function hangHalfway(draft: Draft) {
  const request = { target: `/half-and-hang?bytes=${HALF_BYTES}`, timeoutMs: SHORT_TIMEOUT_MS };
  const expected = draft.mode === 'buffered' ? TIMED_OUT : broken(draft, 'Function.AppTimeout');
  return viaHttp(draft, 'function-url', request, expected);
}

function hangingEvent(draft: Draft) {
  return viaQueue(draft, 'hang', failed('Function.AppTimeout'), SHORT_TIMEOUT_MS);
}

function errorStatus(draft: Draft) {
  const status = pick([400, 404, 500, 503], draft.random);
  return viaHttp(
    draft,
    'rest',
    { target: `/status?status=${status}` },
    answered(JSON.stringify({ id: draft.id }), status),
  );
}

function failingStatus(draft: Draft) {
  return viaHttp(draft, 'http-api', { target: `/status?status=${FAILING_STATUS}` }, failed('Function.AppErrorStatus'));
}

function failingEvent(draft: Draft) {
  return viaQueue(draft, 'fail', failed('Function.AppErrorStatus'));
}

function invalidEvent(draft: Draft) {
  return { ...viaQueue(draft, 'answer', failed('Function.InvalidEvent')), event: pick(BROKEN_EVENTS, draft.random) };
}

/** What is too much for a buffered answer passes as a stream, where the metadata has a limit. */
function tooMuch(draft: Draft) {
  if (draft.mode === 'response_stream') {
    return viaHttp(draft, 'function-url', { target: '/long-head' }, failed('Function.ResponseHeadTooLarge'));
  }
  const target = pick(['/oversized', '/oversized?announced=yes'], draft.random);
  return viaHttp(draft, 'function-url', { target }, failed('Function.ResponseTooLarge'));
}

const TIMED_OUT: Expected = {
  kind: 'http',
  status: 504,
  body: 'The application did not answer in time.\n',
  bearsId: false,
};

function failed(errorType: ErrorType): Expected {
  return { kind: 'failure', errorType };
}

/** Half of a body that Lambda has seen cannot be taken back; without a stream it has seen nothing. */
function broken({ id, mode }: Draft, errorType: ErrorType): Expected {
  return mode === 'buffered'
    ? failed(errorType)
    : { kind: 'broken-stream', errorType, body: markedBytes(id, HALF_BYTES) };
}
