import { isUtf8 } from 'node:buffer';
import type { Header } from '../types.ts';
import { findHeader } from './head.ts';
import { parseMediaType } from './media-type.ts';

/** The Rust adapter's list: what these do not name was base64 there, and front ends are configured for it. */
const TEXT_PREFIXES = ['text', 'application/json', 'application/javascript', 'application/xml', 'application/yaml'];
const TEXT_SUFFIXES = ['+json', '+xml', '+yaml'];

const UNICODE_CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/** By this response header an app can declare text that its content type does not show. */
const FORCE_HEADER = 'x-lambda-http-content-encoding';

/** Whether the headers allow the body to be delivered as text. Its bytes have to agree: {@link isPlainUtf8}. */
export function isDeclaredText(headers: readonly Header[]): boolean {
  if (isEncoded(headers)) return false;
  const contentType = findHeader(headers, 'content-type');
  if (contentType === null) return true;
  if (findHeader(headers, FORCE_HEADER) === 'text') return true;
  const { essence, charset } = parseMediaType(contentType);
  if (charset !== null && !UNICODE_CHARSETS.has(charset)) return false;
  return (
    TEXT_PREFIXES.some((prefix) => essence.startsWith(prefix)) ||
    TEXT_SUFFIXES.some((suffix) => essence.endsWith(suffix))
  );
}

/**
 * Whether a JSON string carries these bytes exactly. A byte order mark is text that whoever decodes the JSON may drop,
 * so it has to travel as bytes.
 */
export function isPlainUtf8(body: Uint8Array): boolean {
  return isUtf8(body) && !(body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf);
}

/** Whether the app has encoded the content; `identity` says that it has not. */
export function isEncoded(headers: readonly Header[]): boolean {
  for (const [name, value] of headers) {
    if (name === 'content-encoding' && !/^[\t ,]*(?:identity[\t ,]*)*$/i.test(value)) return true;
  }
  return false;
}
