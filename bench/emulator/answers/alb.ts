import {
  bodyOf,
  MalformedAnswer,
  multiHeaders,
  parseObject,
  singleHeaders,
  statusOf,
  type HttpAnswer,
} from './http-answer.ts';

/** Largest answer of a Lambda target, in bytes of JSON. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * A load balancer reads one of the two header maps, by the setting of its target group.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function albAnswer(text: string): HttpAnswer {
  const answer = parse(text);
  return { status: statusOf(answer), headers: singleHeaders(answer['headers']), body: bodyOf(answer) };
}

export function albMultiValueAnswer(text: string): HttpAnswer {
  const answer = parse(text);
  return { status: statusOf(answer), headers: multiHeaders(answer['multiValueHeaders']), body: bodyOf(answer) };
}

function parse(text: string) {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_ANSWER_BYTES) throw new MalformedAnswer(`the answer has ${bytes} bytes, a load balancer takes 1 MiB`);
  return parseObject(text);
}
