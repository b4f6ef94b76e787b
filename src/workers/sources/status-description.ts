import { STATUS_CODES } from 'node:http';

/** `200 OK`, or the bare number of a code that has no registered phrase. */
export function statusDescription(statusCode: number): string {
  const phrase = STATUS_CODES[statusCode];
  return phrase === undefined ? String(statusCode) : `${statusCode} ${phrase}`;
}
