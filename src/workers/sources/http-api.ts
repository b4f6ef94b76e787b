import { bodyOf } from '../request/body.ts';
import { isObject, textOf, textsOf, type JsonObject } from '../request/fields.ts';
import { headerValue } from '../request/header-value.ts';
import { methodOf } from '../request/method.ts';
import { escapeBarePercent, escapeQuery } from '../request/percent-encoding.ts';
import { headersFromMap, type RequestHeaders } from '../request/request-headers.ts';
import { joinHeaders } from './header-maps.ts';
import type { AnswerShape, EventSource, HttpFields } from './source.ts';

/**
 * API Gateway HTTP API with payload format 2.0, which delivers paths decoded.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpApi: EventSource = {
  matches: (event) => hasHttpContext(event) || (event.version === '2.0' && 'rawPath' in event),
  read: (event) => {
    const fields = readPayload2(event);
    return { ...fields, path: escapeBarePercent(fields.path) };
  },
  answerFor: () => payload2Answer,
};

export function hasHttpContext(event: JsonObject): boolean {
  return isObject(event.requestContext) && isObject(event.requestContext.http);
}

export function readPayload2(event: JsonObject): HttpFields {
  const http = isObject(event.requestContext) ? event.requestContext.http : null;
  return {
    method: methodOf(isObject(http) ? http.method : null, 'requestContext.http.method'),
    path: textOf(event.rawPath ?? event.path, 'rawPath'),
    query: escapeQuery(textOf(event.rawQueryString, 'rawQueryString')),
    headers: withCookies(headersFromMap(event, 'headers'), event.cookies),
    body: bodyOf(event.body, 'body', event.isBase64Encoded),
  };
}

/** The list holds every cookie of the request; a `cookie` field beside it repeats them. */
function withCookies(headers: RequestHeaders, cookies: unknown): RequestHeaders {
  const line = textsOf(cookies, 'cookies').join('; ');
  if (line !== '') headers.set('cookie', [headerValue(line)]);
  return headers;
}

/** An HTTP API reads no stream; it has a prelude because a function URL under another domain cannot be told from it. */
export const payload2Answer: AnswerShape = {
  envelope: (statusCode, headers) => ({ statusCode, ...joinHeaders(headers), multiValueHeaders: {} }),
  prelude: (statusCode, headers) => ({ statusCode, ...joinHeaders(headers) }),
};
