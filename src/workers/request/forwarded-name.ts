import { isNeverForwarded } from './never-forwarded.ts';
import { isToken } from '../../shared/http/token.ts';

/** Clients choose names, so what is remembered of them has a bound. */
const REMEMBERED_NAMES = 1024;
const REMEMBERED_LENGTH = 64;

const remembered = new Map<string, string | null>();

/** The lower-case name under which a field goes to the app; null when it must not or cannot. */
export function forwardedName(spelling: string): string | null {
  const known = remembered.get(spelling);
  if (known !== undefined) return known;
  const name = computeName(spelling);
  if (remembered.size < REMEMBERED_NAMES && spelling.length <= REMEMBERED_LENGTH) remembered.set(spelling, name);
  return name;
}

function computeName(spelling: string): string | null {
  // Lower-casing first would turn some letters beyond ASCII into ASCII ones (U+212A becomes k).
  if (!isToken(spelling)) return null;
  const name = spelling.toLowerCase();
  return isNeverForwarded(name) ? null : name;
}
