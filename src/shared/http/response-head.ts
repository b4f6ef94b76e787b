import { headerName } from './header-name.ts';

/** The peer sent something that is not HTTP/1.1. */
export class HttpSyntaxError extends Error {
  override readonly name: string = 'HttpSyntaxError';
}

/** A field line: its name in lower case, its value with one character per byte. */
export type FieldLine = readonly [name: string, value: string];

/** How the body ends: after so many bytes, with the last chunk, or with the connection. */
export type Framing = number | 'chunked' | 'until-close';

export interface ResponseHead {
  readonly status: number;
  readonly headers: readonly FieldLine[];
  readonly framing: Framing;
  /** False when the peer will close the connection after this response. */
  readonly keepAlive: boolean;
}

/** All but tab. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;

const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: |$)/;

const CLOSE = /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i;
const KEEP_ALIVE = /(?:^|,)[ \t]*keep-alive[ \t]*(?:,|$)/i;

/**
 * Parses status line and field lines, without the empty line.
 *
 * @param isBodyless The response answers a HEAD.
 * @throws {HttpSyntaxError}
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function parseHead(text: string, isBodyless = false): ResponseHead {
  if (text.includes('\0')) throw new HttpSyntaxError('the head has a NUL');
  let lineEnd = endOfLine(text, 0);
  const statusLine = STATUS_LINE.exec(text.slice(0, lineEnd));
  if (statusLine === null) throw new HttpSyntaxError('the first line is not an HTTP/1.1 status line');
  const headers: FieldLine[] = [];
  while (lineEnd < text.length) {
    const start = lineEnd + 2;
    lineEnd = endOfLine(text, start);
    headers.push(parseLine(text, start, lineEnd));
  }
  const status = Number(statusLine[2]);
  const framing = isBodyless ? 0 : framingOf(status, headers);
  const keepAlive = framing !== 'until-close' && isKept(statusLine[1] === '1', headers);
  return { status, headers, framing, keepAlive };
}

/**
 * Refuses what cannot be a field line, such as one behind the last chunk.
 *
 * @throws {HttpSyntaxError}
 */
export function checkFieldLine(line: string): void {
  if (hasControl(line)) throw new HttpSyntaxError('a header line has a control in it');
  parseLine(line, 0, line.length);
}

export function hasControl(text: string): boolean {
  return CONTROL.test(text);
}

/** Half a line end inside a line would let a value that is sent on begin a line of its own. */
function endOfLine(text: string, start: number): number {
  const carriageReturn = text.indexOf('\r', start);
  const lineFeed = text.indexOf('\n', start);
  if (carriageReturn < 0 && lineFeed < 0) return text.length;
  if (lineFeed !== carriageReturn + 1) throw new HttpSyntaxError('the head has half a line end inside a line');
  return carriageReturn;
}

function parseLine(text: string, start: number, end: number): FieldLine {
  const colon = text.indexOf(':', start);
  const name = colon < 0 || colon > end ? null : headerName(text.slice(start, colon));
  if (name === null) throw new HttpSyntaxError('a header line has no name, or one that no header can have');
  // Blanks and tabs only: `trim` also takes a byte that ends a UTF-8 character, such as the one of `à`.
  let first = colon + 1;
  let last = end;
  while (first < last && isBlank(text.charCodeAt(first))) first++;
  while (last > first && isBlank(text.charCodeAt(last - 1))) last--;
  return [name, text.slice(first, last)];
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function framingOf(status: number, headers: readonly FieldLine[]): Framing {
  if (status < 200 || status === 204 || status === 304) return 0;
  let coding: string | null = null;
  let length: string | null = null;
  for (const [name, value] of headers) {
    if (name === 'transfer-encoding') {
      coding = coding === null ? value : `${coding}, ${value}`;
    } else if (name === 'content-length') {
      // Two lengths that disagree are how responses get confused with each other.
      if (length !== null && length !== value) {
        throw new HttpSyntaxError('there are two different content-length headers');
      }
      length = value;
    }
  }
  if (coding !== null) {
    if (coding.toLowerCase() !== 'chunked') throw new HttpSyntaxError(`the transfer coding ${coding} is not known`);
    return 'chunked';
  }
  if (length === null) return 'until-close';
  if (!/^\d{1,15}$/.test(length)) throw new HttpSyntaxError('the content-length is not a number');
  return Number(length);
}

function isKept(isPersistent: boolean, headers: readonly FieldLine[]): boolean {
  let isAskedFor = false;
  for (const [name, value] of headers) {
    if (name !== 'connection') continue;
    if (CLOSE.test(value)) return false;
    if (KEEP_ALIVE.test(value)) isAskedFor = true;
  }
  return isPersistent || isAskedFor;
}
