import { objectOf, textsIn, type JsonObject } from './fields.ts';
import { forwardedName } from './forwarded-name.ts';
import { headerValue } from './header-value.ts';

/** Field lines by lower-case name, in event order; values are fit for the wire. */
export type RequestHeaders = Map<string, readonly string[]>;

const NONE: ReadonlyMap<string, unknown> = new Map();

/** The fields of a source with one map. Of two spellings of a name the later wins. */
export function headersFromMap(event: JsonObject, field: string): RequestHeaders {
  const headers: RequestHeaders = new Map();
  readMap(event, field, NONE, (name, values) => headers.set(name, values));
  joinCookies(headers);
  return headers;
}

/**
 * The fields of a source that repeats them in a map with all values of a name. That map wins name by name: the other one
 * keeps only the last value.
 */
export function headersFromBothMaps(event: JsonObject): RequestHeaders {
  const headers: RequestHeaders = new Map();
  readMap(event, 'multiValueHeaders', NONE, (name, values) => {
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? values : [...earlier, ...values]);
  });
  const single: RequestHeaders = new Map();
  readMap(event, 'headers', headers, (name, values) => single.set(name, values));
  for (const [name, values] of single) headers.set(name, values);
  joinCookies(headers);
  return headers;
}

function readMap(
  event: JsonObject,
  field: string,
  known: ReadonlyMap<string, unknown>,
  add: (name: string, values: readonly string[]) => void,
): void {
  const map = objectOf(event[field], field);
  if (map === null) return;
  for (const spelling of Object.keys(map)) {
    const name = forwardedName(spelling);
    if (name === null || known.has(name)) continue;
    const value = map[spelling];
    // Nearly all are: spares the lists in between.
    if (typeof value === 'string') {
      add(name, [headerValue(value)]);
      continue;
    }
    const values = textsIn(map, spelling, field);
    if (values.length > 0) add(name, values.map(headerValue));
  }
}

/**
 * HTTP/2 clients split their cookies into several lines, of which HTTP/1.1 apps may read only the first.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113#section-8.2.3
 */
function joinCookies(headers: RequestHeaders): void {
  const cookies = headers.get('cookie');
  if (cookies !== undefined && cookies.length > 1) headers.set('cookie', [cookies.join('; ')]);
}
