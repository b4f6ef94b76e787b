import type { Coding } from '../../shared/config.ts';
import type { Header } from '../types.ts';

/**
 * Headers about the very bytes of the plain form. All the digests cover the content coding; ranges would count in bytes
 * that the client never sees.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9530#section-3
 */
const ABOUT_PLAIN_BYTES: ReadonlySet<string> = new Set([
  'content-length',
  'content-encoding',
  'accept-ranges',
  'content-md5',
  'digest',
  'content-digest',
  'repr-digest',
]);

/** Headers for the compressed form of a response. */
export function describeCompressed(headers: readonly Header[], coding: Coding): readonly Header[] {
  const changed: Header[] = [];
  for (const [name, value] of headers) {
    if (name === 'etag') changed.push([name, weaken(value)]);
    else if (!ABOUT_PLAIN_BYTES.has(name)) changed.push([name, value]);
  }
  changed.push(['content-encoding', coding]);
  return changed;
}

/** Tells caches that another client may get another form, also when this one gets the plain form. */
export function varyByEncoding(headers: readonly Header[]): readonly Header[] {
  const isTold = headers.some(
    ([name, value]) => name === 'vary' && /(?:^|[\s,])(?:accept-encoding|\*)(?:$|[\s,])/i.test(value),
  );
  return isTold ? headers : [...headers, ['vary', 'accept-encoding']];
}

/**
 * A strong tag promises the same bytes, which the plain form has not.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1
 */
function weaken(etag: string): string {
  return etag.startsWith('"') ? `W/${etag}` : etag;
}
