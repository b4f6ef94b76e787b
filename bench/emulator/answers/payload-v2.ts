import { bodyOf, cookieHeaders, isObject, parseJson, singleHeaders, statusOf, type HttpAnswer } from './http-answer.ts';

/**
 * What a Function URL or an HTTP API makes of an answer. JSON without a status is a body of its own, sent as JSON with 200.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function payloadV2Answer(text: string): HttpAnswer {
  const answer = parseJson(text);
  if (!isObject(answer) || answer['statusCode'] === undefined) {
    const body = typeof answer === 'string' ? answer : text;
    return { status: 200, headers: [['content-type', 'application/json']], body };
  }
  const headers = [...singleHeaders(answer['headers']), ...cookieHeaders(answer['cookies'])];
  return { status: statusOf(answer), headers, body: bodyOf(answer) };
}
