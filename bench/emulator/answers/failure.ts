import type { InvokeOutcome } from '../types.ts';

import type { HttpAnswer } from './http-answer.ts';

/**
 * What a client sees of an invocation that failed. The statuses are those of a front door; the body says why, which AWS
 * keeps to its logs, because here the client is the developer.
 */
export function failureAnswer(status: number, errorType: string, errorMessage: string): HttpAnswer {
  const message = MESSAGES[status] ?? 'Internal Server Error';
  return {
    status,
    headers: [
      ['content-type', 'application/json'],
      ['x-amzn-errortype', errorType],
    ],
    body: JSON.stringify({ message, errorType, errorMessage }),
  };
}

const MESSAGES: Readonly<Record<number, string>> = {
  413: 'Request Too Long',
  429: 'Rate Exceeded',
  504: 'Endpoint request timed out',
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html */
export function outcomeFailure(outcome: Exclude<InvokeOutcome, { kind: 'response' }>): HttpAnswer {
  switch (outcome.kind) {
    case 'error':
      return failureAnswer(502, outcome.errorType, messageIn(outcome.body));
    case 'timeout':
      return failureAnswer(504, 'Sandbox.Timedout', `the function timed out (request ${outcome.requestId})`);
    case 'refused':
      return failureAnswer(429, 'TooManyRequestsException', 'no free slot: the environment is busy, starting or gone');
    case 'too-large':
      return failureAnswer(502, 'Function.ResponseSizeTooLarge', `an answer of ${outcome.bytes} bytes is over 6 MB`);
    case 'truncated':
      return failureAnswer(502, 'Runtime.TruncatedResponse', 'the connection broke in the middle of the answer');
  }
}

/** The message of an error report, or the report itself when it has none. */
export function messageIn(report: string): string {
  try {
    const parsed: unknown = JSON.parse(report);
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed) return String(parsed.errorMessage);
  } catch {
    // Not JSON: shown as it is.
  }
  return report;
}
