import type { InvokeOutcome } from '../../bench/emulator/types.ts';

/** The answer object of an invocation that ended well. @throws Error with the outcome when it did not. */
export function answerOf(outcome: InvokeOutcome): Record<string, unknown> {
  if (outcome.kind !== 'response' || outcome.streamed) throw new Error(`no buffered answer: ${show(outcome)}`);
  return JSON.parse(outcome.body.toString('utf8'));
}

/** The body text of an HTTP answer; what happened instead when there is none. */
export function textAnswer(outcome: InvokeOutcome): unknown {
  return outcome.kind === 'response' && !outcome.streamed ? answerOf(outcome)['body'] : show(outcome);
}

/** What the app of `echo` says it got. */
export function echoed(outcome: InvokeOutcome): { method: string; target: string; body: string } {
  return JSON.parse(String(answerOf(outcome)['body']));
}

/** The report of an invocation that failed. @throws Error with the outcome when it did not. */
export function failureOf(outcome: InvokeOutcome): { errorType: string; errorMessage: string } {
  if (outcome.kind !== 'error') throw new Error(`no failure: ${show(outcome)}`);
  const body: { errorType: string; errorMessage: string } = JSON.parse(outcome.body);
  if (body.errorType !== outcome.errorType) throw new Error(`header and body disagree: ${show(outcome)}`);
  return { errorType: body.errorType, errorMessage: body.errorMessage };
}

/** The trailers of a stream that broke off, and what came before them. @throws Error with the outcome when it did not. */
export function brokenStreamOf(outcome: InvokeOutcome) {
  if (outcome.kind !== 'response' || outcome.trailers === null) throw new Error(`no broken stream: ${show(outcome)}`);
  const { errorType, errorBody } = outcome.trailers;
  const report: { errorType: string; errorMessage: string } = JSON.parse(errorBody);
  if (report.errorType !== errorType) throw new Error(`trailers disagree: ${show(outcome)}`);
  const [, body = ''] = outcome.body.toString('latin1').split('\0'.repeat(8));
  return { errorType, errorMessage: report.errorMessage, body };
}

function show(outcome: InvokeOutcome): string {
  return JSON.stringify({ ...outcome, ...('body' in outcome && { body: outcome.body.toString().slice(0, 500) }) });
}
