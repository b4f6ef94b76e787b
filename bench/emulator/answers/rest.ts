import {
  bodyOf,
  MalformedAnswer,
  multiHeaders,
  parseObject,
  singleHeaders,
  statusOf,
  type HttpAnswer,
} from './http-answer.ts';
import { mergedHeaders } from './merged-headers.ts';

const FIELDS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/**
 * A REST API refuses every field that it does not know.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 */
export function restAnswer(text: string): HttpAnswer {
  const answer = parseObject(text);
  const unknown = Object.keys(answer).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) throw new MalformedAnswer(`a REST API does not accept the field ${unknown}`);
  const headers = mergedHeaders(singleHeaders(answer['headers']), multiHeaders(answer['multiValueHeaders']));
  return { status: statusOf(answer), headers, body: bodyOf(answer) };
}
