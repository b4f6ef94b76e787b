import { isUtf8 } from 'node:buffer';
import type { Header } from '../types.ts';
import type { ReceivedHeaders } from '../upstream/app-call.ts';

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

export function readHead(status: number, received: ReceivedHeaders): ResponseHead {
  const named = namedByConnection(received['connection']);
  const headers: Header[] = [];
  for (const name of Object.keys(received)) {
    const value = received[name];
    if (value === undefined || HOP_BY_HOP.has(name) || named.has(name)) continue;
    if (typeof value === 'string') headers.push([name, decodeValue(value)]);
    else for (const each of value) headers.push([name, decodeValue(each)]);
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
function namedByConnection(value: string | string[] | undefined): ReadonlySet<string> {
  if (value === undefined || value === 'keep-alive' || value === 'close') return NO_NAMES;
  return new Set(
    String(value)
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  );
}

const NON_ASCII = /[\u0080-\u00ff]/;

/** Bytes that are valid UTF-8 are read as that, others as ISO-8859-1: either way the value survives. */
function decodeValue(value: string): string {
  if (!NON_ASCII.test(value)) return value;
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}
