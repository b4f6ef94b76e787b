import { decodeBase64 } from './base64-bytes.ts';

/** From this size of an event on. Below, texts are cheaper than looking for what can be spared. */
const LARGE_BYTES = 32 * 1024;
const QUOTE = 0x22;
const NAME = Buffer.from('"body"');
const COLON_AND_QUOTE = /^[ \t\r\n]*:[ \t\r\n]*"/;
/** In which these two are looked for behind the name. */
const LOOKED_AT_BYTES = 16;

/** A body that was decoded from the event's bytes and was never a text, which would take two times the memory of the event. */
export class CutBody {
  /** A view of the event: base64 without an escape. */
  readonly text: Buffer;
  /** What the base64 says. */
  readonly decoded: Buffer;

  constructor(text: Buffer, decoded: Buffer) {
    this.text = text;
    this.decoded = decoded;
  }
}

export interface CutEvent {
  /** The event with {@link filler} in place of the body. */
  readonly rest: Buffer;
  /**
   * Longer than all the rest, so no other text of the event can be it. When `rest` is JSON, and its `body` is the filler, then
   * the event is JSON, and its `body` is the one that was cut out; otherwise the cut says nothing about the event.
   */
  readonly filler: string;
  readonly body: CutBody;
}

/** Null when the event has no member `body` that is base64 and most of a large event, or none that is found at a glance. */
export function cutBody(bytes: Uint8Array): CutEvent | null {
  if (bytes.byteLength < LARGE_BYTES) return null;
  const event = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const span = findBody(event);
  if (span === null) return null;
  const text = event.subarray(span.start, span.end);
  const decoded = decodeBase64(text);
  if (decoded === null) return null;
  const filler = 'x'.repeat(event.length - text.length + 1);
  const rest = Buffer.concat([event.subarray(0, span.start), Buffer.from(filler), event.subarray(span.end)]);
  return { rest, filler, body: new CutBody(text, decoded) };
}

/** What stands between the quotes of the value, if it is more than half of the event. */
function findBody(event: Buffer): { readonly start: number; readonly end: number } | null {
  const firstHalf = event.subarray(0, event.length / 2);
  for (let at = firstHalf.indexOf(NAME); at >= 0; at = firstHalf.indexOf(NAME, at + 1)) {
    const behind = at + NAME.length;
    const [between] = COLON_AND_QUOTE.exec(event.toString('latin1', behind, behind + LOOKED_AT_BYTES)) ?? [];
    if (between === undefined) continue;
    const start = behind + between.length;
    const end = event.indexOf(QUOTE, start);
    if (end - start > event.length / 2) return { start, end };
  }
  return null;
}
