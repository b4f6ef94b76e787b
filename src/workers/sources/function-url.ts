import { isObject } from '../request/fields.ts';
import { hasHttpContext, payload2Answer, readPayload2 } from './http-api.ts';
import type { EventSource } from './source.ts';

/**
 * Lambda function URL: the event of an HTTP API, but with the path as the client sent it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export const functionUrl: EventSource = {
  matches: (event) => hasHttpContext(event) && hasUrlDomain(event.requestContext),
  read: readPayload2,
  answerFor: () => payload2Answer,
};

function hasUrlDomain(requestContext: unknown): boolean {
  if (!isObject(requestContext)) return false;
  const { domainName } = requestContext;
  return typeof domainName === 'string' && domainName.includes('.lambda-url.');
}
