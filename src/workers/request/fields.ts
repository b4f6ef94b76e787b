import { AdapterError } from '../../shared/errors.ts';

/** A JSON object of an event: nothing about its members is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/**
 * A member that holds an object; null when it is absent.
 *
 * @throws {AdapterError} `Function.InvalidEvent` for any other value
 */
export function objectOf(value: unknown, field: string): JsonObject | null {
  if (isAbsent(value)) return null;
  if (isObject(value)) return value;
  throw invalidField(field, value, 'an object or null');
}

/**
 * A member that holds text: empty when it is absent, numbers and booleans as JSON spells them.
 *
 * @throws {AdapterError} `Function.InvalidEvent` for a list or an object
 */
export function textOf(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  if (isAbsent(value)) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalidField(field, value, 'text or null');
}

/**
 * The texts of a member that holds one text or a list of texts; nulls are left out.
 *
 * @throws {AdapterError} `Function.InvalidEvent` for an object or a list in a list
 */
export function textsOf(value: unknown, field: string): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) return [textOf(value, field)];
  if (value.every(isText)) return value;
  return value.filter((item) => !isAbsent(item)).map((item) => textOf(item, field));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** {@link textsOf} for a member of a map whose names the client chose. */
export function textsIn(map: JsonObject, name: string, field: string): readonly string[] {
  const value = map[name];
  return typeof value === 'string' ? [value] : textsOf(value, `${field}[${JSON.stringify(name.slice(0, 64))}]`);
}

/** Names the field and its value's type, never the value: that is the client's and may be secret. */
export function invalidField(field: string, value: unknown, accepted: string): AdapterError {
  return invalidEvent(`${field} is ${typeNameOf(value)}; accepted: ${accepted}`);
}

export function invalidEvent(problem: string): AdapterError {
  return new AdapterError('Function.InvalidEvent', `the event cannot become a request: ${problem}`);
}

function typeNameOf(value: unknown): string {
  if (isAbsent(value)) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'text';
  return `a ${typeof value}`;
}
