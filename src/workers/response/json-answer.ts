import { isAscii } from 'node:buffer';
import { freeOwnSoon } from '../own-memory.ts';
import type { Outlet } from './answer.ts';
import { MAX_ANSWER_BYTES, responseTooLarge } from './limits.ts';

/**
 * Bytes of a body that become JSON at a stretch, a multiple of 3 for base64. It takes 2 ms at most, where 4 MiB that are not
 * ASCII take 30.
 */
const STRETCH_BYTES = 192 * 1024;

/**
 * Answers with status, headers and body as one JSON text: at once when the body is small, later when it is large, between
 * whose pieces the other invocations of this thread go on.
 *
 * @param envelope everything but the body
 * @param body is given up
 * @throws AdapterError `Function.ResponseTooLarge`; later it goes to the outlet
 */
export function answerAsJson(envelope: object, body: Buffer, isText: boolean, outlet: Outlet): void {
  if (body.byteLength <= STRETCH_BYTES) {
    const json = wholeAnswer(envelope, body, isText);
    freeOwnSoon(body);
    checkSize(json.byteLength);
    return outlet.respond(json);
  }
  const pieces = piecesOf(envelope, body, isText);
  let done: Buffer[] = [];
  let byteLength = 0;
  const goOn = (): void => {
    try {
      const { value: piece } = pieces.next();
      if (piece === undefined) {
        freeOwnSoon(body);
        checkSize(byteLength);
        return outlet.respond(Buffer.concat(done, byteLength));
      }
      byteLength += piece.byteLength;
      done.push(piece);
      // It goes on all the same, because the message says how large it would have been.
      if (byteLength > MAX_ANSWER_BYTES) done = [];
      setImmediate(goOn);
    } catch (error) {
      outlet.fail(error);
    }
  };
  goOn();
}

/**
 * Text is written by JSON's rules, base64 has nothing to escape. Where all is ASCII its characters are the bytes: not to have
 * them encoded as UTF-8 spares a quarter of the time for 64 KB.
 */
function wholeAnswer(envelope: object, body: Buffer, isText: boolean): Buffer {
  const start = `${JSON.stringify(envelope).slice(0, -1)},"body":`;
  const isAsciiText = isText && isAscii(body);
  const value = isText
    ? JSON.stringify(body.toString(isAsciiText ? 'latin1' : 'utf8'))
    : `"${body.toString('base64')}"`;
  const end = `,"isBase64Encoded":${!isText}}`;
  return (isAsciiText || !isText) && ASCII.test(start)
    ? joinAscii(start, value, end)
    : Buffer.from(`${start}${value}${end}`);
}

// oxlint-disable-next-line no-control-regex
const ASCII = /^[\0-\x7f]*$/;

/** Part by part: joined as text first, a long one would be copied once more, and by the garbage collector again. */
function joinAscii(start: string, value: string, end: string): Buffer {
  const bytes = Buffer.allocUnsafe(start.length + value.length + end.length);
  bytes.write(start, 'latin1');
  bytes.write(value, start.length, 'latin1');
  bytes.write(end, start.length + value.length, 'latin1');
  return bytes;
}

function checkSize(bytes: number): void {
  if (bytes > MAX_ANSWER_BYTES) throw responseTooLarge(`it is ${bytes} bytes as JSON`);
}

function* piecesOf(envelope: object, body: Buffer, isText: boolean): Generator<Buffer, void> {
  yield Buffer.from(`${JSON.stringify(envelope).slice(0, -1)},"body":"`);
  for (let start = 0; start < body.byteLength;) {
    const end = isText ? endOfCharacter(body, start + STRETCH_BYTES) : start + STRETCH_BYTES;
    const piece = body.subarray(start, end);
    yield isText ? escaped(piece) : Buffer.from(piece.toString('base64'), 'latin1');
    start = end;
  }
  yield Buffer.from(`","isBase64Encoded":${!isText}}`);
}

/** The first place from `at` on that is not inside a character of UTF-8. */
function endOfCharacter(body: Buffer, at: number): number {
  let end = at;
  while (((body[end] ?? 0) & 0xc0) === 0x80) end++;
  return end;
}

/** As it stands between the quotes of a JSON string. */
function escaped(text: Buffer): Buffer {
  return Buffer.from(JSON.stringify(textOf(text))).subarray(1, -1);
}

/** Reading ASCII as ISO-8859-1 spares the UTF-8 decoder. */
function textOf(body: Buffer): string {
  return body.toString(isAscii(body) ? 'latin1' : 'utf8');
}
