import { invalidEvent, invalidField, isAbsent } from './fields.ts';
import { isToken } from '../../shared/http/token.ts';

/**
 * The request method, in the client's spelling; `GET` when the event has none or an empty one.
 *
 * `CONNECT` asks for a tunnel, which neither a front door nor an event can carry; forwarded, it would take a connection to
 * the app out of HTTP.
 *
 * @throws {AdapterError} `Function.InvalidEvent` for what no HTTP request can have as its method
 */
export function methodOf(value: unknown, field: string): string {
  if (isAbsent(value) || value === '') return 'GET';
  if (typeof value !== 'string') throw invalidField(field, value, 'an HTTP method as text');
  if (!isToken(value))
    throw invalidField(field, value, 'an HTTP method: one or more token characters (RFC 9110, 5.6.2)');
  if (value === 'CONNECT') throw invalidEvent(`${field} is CONNECT; accepted: any method but that`);
  return value;
}
