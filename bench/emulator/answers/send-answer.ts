import type { ServerResponse } from 'node:http';

import type { HeaderLine } from '../events/client-request.ts';
import { isHopByHop } from '../events/header-maps.ts';
import { toHeaderText } from '../header-text.ts';

import { MalformedAnswer, type HttpAnswer } from './http-answer.ts';

/** Writes status and headers. @throws MalformedAnswer when a name or value cannot be sent. */
export function sendHead(response: ServerResponse, status: number, lines: readonly HeaderLine[]): void {
  const head = lines.flatMap(([name, value]) => (isHopByHop(name) ? [] : [name, toHeaderText(value)]));
  try {
    response.writeHead(status, head);
  } catch (error) {
    throw new MalformedAnswer(`a header of the answer cannot be sent: ${String(error)}`, { cause: error });
  }
}

/** @throws MalformedAnswer when a header cannot be sent; nothing has been written then. */
export function sendAnswer(response: ServerResponse, answer: HttpAnswer, ownHeaders: readonly HeaderLine[]): void {
  const { status } = answer;
  // Node would write the head in the encoding of a text body; header bytes have to stay as they are.
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  // To HEAD and with 304 the length is that of a body which is not there.
  const bodyless = response.req.method === 'HEAD' || status === 304;
  const lines = bodyless ? answer.headers : answer.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const length: HeaderLine[] = bodyless || status === 204 ? [] : [['content-length', String(body.length)]];
  sendHead(response, status, [...lines, ...length, ...ownHeaders]);
  response.end(bodyless ? '' : body);
}
