import { isUtf8 } from 'node:buffer';
import { hasControl, HttpSyntaxError, type FieldLine } from '../../shared/http/response-head.ts';
import type { Header } from '../types.ts';

/** Status and end-to-end headers of the app's response. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: readonly Header[];
}

/**
 * Headers that speak about the connection to the app, which nobody behind the adapter has. `trailer` goes with them:
 * Lambda's answers have no place for trailers.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const NO_NAMES: ReadonlySet<string> = new Set();

/** @throws {HttpSyntaxError} */
export function readHead(status: number, received: readonly FieldLine[]): ResponseHead {
  const named = namedByConnection(received);
  const headers: Header[] = [];
  for (const [name, value] of received) {
    if (!HOP_BY_HOP.has(name) && !named.has(name)) headers.push([name, decodeValue(value)]);
  }
  return { status, headers };
}

/** The value of the first header with this name; null when there is none. */
export function findHeader(headers: readonly Header[], name: string): string | null {
  for (const header of headers) if (header[0] === name) return header[1];
  return null;
}

/** Bytes that the body is going to have; null when nothing tells. */
export function announcedBytes({ status, headers }: ResponseHead, method: string): number | null {
  // These carry the length of the body that another request would have got.
  if (method === 'HEAD' || status === 304 || status === 204 || status === 205) return 0;
  const contentLength = findHeader(headers, 'content-length');
  return contentLength === null ? null : Number(contentLength);
}

/** `connection` also names further headers that end here. */
function namedByConnection(received: readonly FieldLine[]): ReadonlySet<string> {
  const options: string[] = [];
  for (const [name, value] of received) {
    if (name === 'connection' && value !== 'keep-alive' && value !== 'close') options.push(value);
  }
  if (options.length === 0) return NO_NAMES;
  const names = options.join(',').toLowerCase().split(',');
  return new Set(names.map((name) => name.trim()));
}

const NOT_PLAIN = /[^\t\x20-\x7e]/;

/**
 * Bytes that are valid UTF-8 are read as that, others as ISO-8859-1: either way the value survives.
 *
 * @throws {HttpSyntaxError} for a control, which no header may have
 */
function decodeValue(value: string): string {
  if (!NOT_PLAIN.test(value)) return value;
  if (hasControl(value)) throw new HttpSyntaxError('a header has a control character in its value');
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}
