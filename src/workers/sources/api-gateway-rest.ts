import { bodyOf } from '../request/body.ts';
import { isAbsent, isObject, textOf, type JsonObject } from '../request/fields.ts';
import { methodOf } from '../request/method.ts';
import { decodedQuery } from '../request/query.ts';
import { headersFromBothMaps } from '../request/request-headers.ts';
import type { Header } from '../types.ts';
import { groupHeaders } from './header-maps.ts';
import type { AnswerShape, EventSource, HttpFields } from './source.ts';

/**
 * API Gateway REST API. WebSocket APIs write the same event without a method: those are messages, not requests.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const apiGatewayRest: EventSource = {
  matches: (event) => !isAbsent(event.httpMethod) && (isObject(event.requestContext) || hasBrokenContext(event)),
  read: readRestEvent,
  answerFor: () => restAnswer,
};

/** A context of a wrong type is still the context of a request. Events of others that have a method have none at all. */
function hasBrokenContext(event: JsonObject): boolean {
  return 'requestContext' in event && 'path' in event && 'headers' in event;
}

export function readRestEvent(event: JsonObject, json: string): HttpFields {
  return {
    method: methodOf(event.httpMethod, 'httpMethod'),
    path: textOf(event.path, 'path'),
    query: decodedQuery(event, json, 'multiValueQueryStringParameters', 'queryStringParameters'),
    headers: headersFromBothMaps(event),
    body: bodyOf(event.body, 'body', event.isBase64Encoded),
  };
}

/** Values of a name that is in both maps would be sent twice, and any other top-level field is a 502. */
export const restAnswer: AnswerShape = {
  envelope: (statusCode, headers) => ({ statusCode, headers: {}, multiValueHeaders: groupHeaders(headers) }),
  prelude: restPrelude,
};

/**
 * Repeated fields stand in the map with lists alone, because the two maps are merged.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
function restPrelude(statusCode: number, headers: readonly Header[]): object {
  const { 'set-cookie': cookies = [], ...grouped } = groupHeaders(headers);
  const single = new Map<string, string>();
  const repeated = new Map<string, string[]>();
  for (const [name, values] of Object.entries(grouped)) {
    const [value] = values;
    if (value !== undefined && values.length === 1) single.set(name, value);
    else repeated.set(name, values);
  }
  const prelude = { statusCode, headers: Object.fromEntries(single), cookies };
  return repeated.size === 0 ? prelude : { ...prelude, multiValueHeaders: Object.fromEntries(repeated) };
}
