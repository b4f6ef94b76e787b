import { cutBody } from './cut-body.ts';
import { invalidEvent, isObject } from './fields.ts';

const JSON_WHITESPACE: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The event's bytes in one piece, not copied when they arrived in one. */
export function joinPieces(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  return first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces);
}

/** A view of the JSON value in the event's bytes: without a byte order mark and the whitespace around it. */
export function trimEvent(bytes: Uint8Array): Uint8Array {
  let start = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  let end = bytes.length;
  while (start < end && JSON_WHITESPACE.has(bytes[start])) start++;
  while (end > start && JSON_WHITESPACE.has(bytes[end - 1])) end--;
  return bytes.subarray(start, end);
}

export interface ParsedEvent {
  /** From which `value` was parsed: all of the event but a `body` that was cut out. */
  readonly json: string;
  /** Where `body` may be a `CutBody`. */
  readonly value: unknown;
}

/**
 * The event's JSON value; a byte order mark in front is ignored.
 *
 * @throws {AdapterError} `Function.InvalidEvent` when the bytes are not JSON text in UTF-8
 */
export function parseEvent(bytes: Uint8Array): ParsedEvent {
  return parseAroundBody(bytes) ?? parseWhole(bytes);
}

/** Null when the whole has to be parsed, or to be refused. */
function parseAroundBody(bytes: Uint8Array): ParsedEvent | null {
  const cut = cutBody(bytes);
  if (cut === null) return null;
  try {
    const json = utf8.decode(cut.rest);
    const value: unknown = JSON.parse(json);
    if (!isObject(value) || value.body !== cut.filler) return null;
    return { json, value: { ...value, body: cut.body } };
  } catch {
    return null;
  }
}

function parseWhole(bytes: Uint8Array): ParsedEvent {
  const json = decodeText(bytes);
  try {
    return { json, value: JSON.parse(json) };
  } catch {
    // The engine's message quotes the text, which may hold secrets.
    throw invalidEvent(
      json.trim() === ''
        ? 'it is empty; accepted: one JSON value'
        : `its ${bytes.length} bytes are not one JSON value (RFC 8259)`,
    );
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw invalidEvent(`its ${bytes.length} bytes are not valid UTF-8; accepted: JSON text in UTF-8`);
  }
}
