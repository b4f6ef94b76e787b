import type { Header } from '../types.ts';

const SET_COOKIE = 'set-cookie';
const LETTER = /[a-z]/g;

/** Headers for a source that reads one value per name. */
export interface JoinedHeaders {
  /** Repeated fields joined, `set-cookie` left out. */
  readonly headers: Record<string, string>;
  /** Each `set-cookie`: they hold commas and cannot be joined. */
  readonly cookies: string[];
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.3 */
export function joinHeaders(headers: readonly Header[]): JoinedHeaders {
  const joined = new Map<string, string>();
  const cookies: string[] = [];
  for (const [name, value] of headers) {
    if (name === SET_COOKIE) {
      cookies.push(value);
      continue;
    }
    const earlier = joined.get(name);
    joined.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return { headers: Object.fromEntries(joined), cookies };
}

/** All values of each name, for a source that reads lists. */
export function groupHeaders(headers: readonly Header[]): Record<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const earlier = grouped.get(name);
    if (earlier === undefined) grouped.set(name, [value]);
    else earlier.push(value);
  }
  return Object.fromEntries(grouped);
}

/**
 * Joined headers with every cookie, for a source that has neither lists nor a place for cookies: each cookie under another
 * spelling of the name, which JSON tells apart and HTTP does not. The nine letters give 512 spellings.
 */
export function joinHeadersAndCookies(headers: readonly Header[]): Record<string, string> {
  const { headers: joined, cookies } = joinHeaders(headers);
  for (const [index, cookie] of cookies.entries()) joined[spellingOf(SET_COOKIE, index)] = cookie;
  return joined;
}

function spellingOf(name: string, index: number): string {
  let bits = index;
  return name.replace(LETTER, (letter) => {
    const isUpper = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return isUpper ? letter.toUpperCase() : letter;
  });
}
