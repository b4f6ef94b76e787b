import type { HttpResponse } from './http-response.ts';

/** The peer sent something that is not HTTP/1.1. */
export class HttpSyntaxError extends Error {
  override readonly name = 'HttpSyntaxError';
}

/** How the body ends: after so many bytes, with the last chunk, or with the connection. */
export type Framing = number | 'chunked' | 'until-close';

/** Would let a value that is sent back (a request id, say) begin a line of its own. */
const STRAY_LINE_END = /\r(?!\n)|(?<!\r)\n|\0/;

const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: |$)/;

/**
 * Parses status line and header lines, without the empty line.
 *
 * @throws {HttpSyntaxError}
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function parseHead(text: string): { readonly response: HttpResponse; readonly framing: Framing } {
  if (STRAY_LINE_END.test(text)) throw new HttpSyntaxError('the head has a line end or NUL inside a line');
  let lineEnd = text.indexOf('\r\n');
  const statusLine = STATUS_LINE.exec(lineEnd < 0 ? text : text.slice(0, lineEnd));
  if (statusLine === null) throw new HttpSyntaxError('the first line is not an HTTP/1.1 status line');
  const headers = new Map<string, string>();
  while (lineEnd >= 0) {
    const start = lineEnd + 2;
    lineEnd = text.indexOf('\r\n', start);
    addHeader(headers, lineEnd < 0 ? text.slice(start) : text.slice(start, lineEnd));
  }
  const status = Number(statusLine[2]);
  const framing = framingOf(status, headers);
  const connection = headers.get('connection')?.toLowerCase();
  const keepAlive =
    framing !== 'until-close' && (statusLine[1] === '1' ? connection !== 'close' : connection === 'keep-alive');
  return { response: { status, headers, keepAlive, body: [] }, framing };
}

function addHeader(headers: Map<string, string>, line: string): void {
  const colon = line.indexOf(':');
  if (colon <= 0 || line.charCodeAt(0) <= 32) throw new HttpSyntaxError('a header line has no name');
  const name = line.slice(0, colon).toLowerCase();
  const value = trimOws(line.slice(colon + 1));
  const earlier = headers.get(name);
  // Two lengths that disagree are how responses get confused with each other.
  if (name === 'content-length' && earlier !== undefined && earlier !== value) {
    throw new HttpSyntaxError('there are two different content-length headers');
  }
  if (earlier === undefined) headers.set(name, value);
}

/** Blanks and tabs only: `trim` also takes a byte that ends a UTF-8 character, such as the one of `à`. */
function trimOws(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isOws(value.charCodeAt(start))) start++;
  while (end > start && isOws(value.charCodeAt(end - 1))) end--;
  return value.slice(start, end);
}

function isOws(code: number): boolean {
  return code === 32 || code === 9;
}

function framingOf(status: number, headers: ReadonlyMap<string, string>): Framing {
  if (status < 200 || status === 204 || status === 304) return 0;
  const coding = headers.get('transfer-encoding');
  if (coding !== undefined) {
    if (coding.toLowerCase() !== 'chunked') throw new HttpSyntaxError(`the transfer coding ${coding} is not known`);
    return 'chunked';
  }
  const length = headers.get('content-length');
  if (length === undefined) return 'until-close';
  if (!/^\d{1,15}$/.test(length)) throw new HttpSyntaxError('the content-length is not a number');
  return Number(length);
}
