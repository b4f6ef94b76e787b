import { isToken } from './token.ts';

/** A peer could send a new name each time, so what is remembered has a bound. */
const REMEMBERED_NAMES = 1024;
const REMEMBERED_LENGTH = 64;

const remembered = new Map<string, string>();

/**
 * The lower-case form of a field name; null when the text cannot be one. Nearly all have been seen before.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-field-names
 */
export function headerName(spelling: string): string | null {
  const known = remembered.get(spelling);
  if (known !== undefined) return known;
  if (!isToken(spelling)) return null;
  if (remembered.size >= REMEMBERED_NAMES || spelling.length > REMEMBERED_LENGTH) return spelling.toLowerCase();
  // A part of a text holds on to all of it: this would be the head that the name first came with.
  const own = Buffer.from(spelling, 'latin1').toString('latin1');
  const name = own.toLowerCase();
  remembered.set(own, name);
  return name;
}
