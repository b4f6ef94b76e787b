const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

const WHITESPACE = ' \t\r\n';

interface Member {
  readonly name: string;
  /** Of the value. */
  readonly start: number;
  /** Behind the value. */
  readonly end: number;
}

/**
 * The text of a member's value, as it was written.
 *
 * @param json JSON text of an object
 * @returns the value that `JSON.parse` takes, which is the last one of a name; null when there is no such member
 */
export function memberText(json: string, name: string): string | null {
  const last = membersOf(json).findLast((member) => member.name === name);
  return last === undefined ? null : json.slice(last.start, last.end);
}

/**
 * The names of an object's members in the order of its text, each once.
 *
 * @param json JSON text of an object
 */
export function memberNames(json: string): string[] {
  return [...new Set(membersOf(json).map(({ name }) => name))];
}

function membersOf(json: string): Member[] {
  const members: Member[] = [];
  let at = skip(json, json.indexOf('{') + 1, WHITESPACE);
  while (json.charCodeAt(at) === QUOTE) {
    const endOfName = endOfString(json, at);
    const name: string = JSON.parse(json.slice(at, endOfName));
    const start = skip(json, endOfName, `:${WHITESPACE}`);
    const end = endOfValue(json, start);
    members.push({ name, start, end });
    at = skip(json, end, `,${WHITESPACE}`);
  }
  return members;
}

function endOfValue(json: string, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at) - 1;
        if (depth === 0) return at + 1;
        break;
      case OPENING_BRACE:
      case OPENING_BRACKET:
        depth++;
        break;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
        break;
      case COMMA:
      case SPACE:
      case TAB:
      case LINE_FEED:
      case CARRIAGE_RETURN:
        if (depth === 0) return at;
        break;
    }
  }
  return json.length;
}

function skip(json: string, start: number, characters: string): number {
  let at = start;
  while (at < json.length && characters.includes(json.charAt(at))) at++;
  return at;
}

/** @param at where its quote stands */
function endOfString(json: string, at: number): number {
  let end = json.indexOf('"', at + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(json: string, at: number): boolean {
  let first = at;
  while (json.charCodeAt(first - 1) === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}
