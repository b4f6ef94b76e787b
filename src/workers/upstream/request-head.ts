import type { AppRequest } from '../types.ts';

/** Methods whose requests have content: without any they say so, as some servers ask for a length. */
const WITH_CONTENT: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH']);

const KEEP_ALIVE = 'connection: keep-alive\r\n';
const CLOSE = 'connection: close\r\n';

/**
 * Request line and field lines, with the empty line that ends them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-2.1
 */
export function requestHead({ method, target, headers, body }: AppRequest, isKept: boolean): string {
  let lines = `${method} ${target} HTTP/1.1\r\n`;
  for (let index = 0; index < headers.length; index += 2) lines += `${headers[index]}: ${headers[index + 1]}\r\n`;
  lines += isKept ? KEEP_ALIVE : CLOSE;
  if (body !== null) lines += `content-length: ${body.byteLength}\r\n`;
  else if (WITH_CONTENT.has(method)) lines += 'content-length: 0\r\n';
  return `${lines}\r\n`;
}
