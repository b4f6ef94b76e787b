import { checkFieldLine, HttpSyntaxError, parseHead, type ResponseHead } from './response-head.ts';

/** Names and values of a head together. Node's own limit of 16 KiB is too small for some real cookies. */
export const MAX_HEAD_BYTES = 256 * 1024;
const MAX_LINE_BYTES = 4 * 1024;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const EMPTY = Buffer.alloc(0);

/** With extensions, which nobody uses. */
const CHUNK_SIZE = /^([0-9a-f]{1,12})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i;

export class HeadTooLargeError extends HttpSyntaxError {
  override readonly name = 'HeadTooLargeError';
}

/** Hears of each response in turn. */
export interface ResponseSink {
  onHead(head: ResponseHead): void;
  /**
   * Part of a body, in the memory that was pushed: it may be overwritten when this returns. The sink may pass that memory on when
   * these bytes are all of it.
   */
  onBody(bytes: Buffer): void;
  onEnd(): void;
}

type State =
  | { readonly kind: 'head' }
  | { readonly kind: 'fixed'; remaining: number }
  | { readonly kind: 'until-close' }
  | { readonly kind: 'chunk-size' }
  | { readonly kind: 'chunk-data'; remaining: number }
  | { readonly kind: 'chunk-end' }
  | { readonly kind: 'trailers' };

const HEAD: State = { kind: 'head' };

/**
 * Reads HTTP/1.1 responses off one connection. Nothing of a body is kept or copied.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112
 */
export class ResponseParser {
  /** Whether the next response answers a HEAD: it has no body, whatever its head says. */
  isBodyless = false;
  readonly #sink: ResponseSink;
  #state: State = HEAD;
  #held: Buffer = EMPTY;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
  }

  /** True when nothing of a response has arrived that has not been handed on. */
  get idle(): boolean {
    return this.#state === HEAD && this.#held.length === 0;
  }

  /**
   * @param chunk may be overwritten afterwards
   * @throws {HttpSyntaxError} The peer does not speak HTTP/1.1; the connection is of no further use.
   * @throws what the sink throws; likewise
   */
  push(chunk: Buffer): void {
    let rest = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = EMPTY;
    while (rest.length > 0) {
      // Of memory that a sink has passed on there is no length any more.
      const { length } = rest;
      const consumed = this.#step(rest);
      if (consumed === 0) {
        this.#held = Buffer.from(rest);
        return;
      }
      if (consumed === length) return;
      rest = rest.subarray(consumed);
    }
  }

  /** The peer has closed its side. @throws {HttpSyntaxError} It did so in the middle of a response. */
  end(): void {
    if (this.#state.kind === 'until-close') this.#finish();
    else if (!this.idle) throw new HttpSyntaxError('the connection was closed in the middle of a response');
  }

  /** Consumes what it can from the front of `bytes`; 0 means that it needs more. */
  #step(bytes: Buffer): number {
    const state = this.#state;
    switch (state.kind) {
      case 'head':
        return this.#readHead(bytes);
      case 'fixed':
      case 'chunk-data':
        return this.#readData(state, bytes);
      case 'until-close':
        return this.#readAll(bytes);
      case 'chunk-size':
        return this.#readChunkSize(bytes);
      case 'chunk-end':
        if (bytes.length < 2) return 0;
        if (bytes[0] !== CARRIAGE_RETURN || bytes[1] !== LINE_FEED)
          throw new HttpSyntaxError('a chunk is longer than its size');
        this.#state = { kind: 'chunk-size' };
        return 2;
      case 'trailers':
        return this.#readTrailer(bytes);
    }
  }

  #readHead(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    // Without an end there may be all of it but the last byte.
    if ((end < 0 ? bytes.length - 3 : end) > MAX_HEAD_BYTES) {
      throw new HeadTooLargeError(`the head is over ${MAX_HEAD_BYTES} bytes`);
    }
    if (end < 0) return needMoreOfHead(bytes);
    const head = parseHead(bytes.toString('latin1', 0, end), this.isBodyless);
    if (head.status === 101) throw new HttpSyntaxError('it switches to a protocol that nobody asked for');
    if (head.status < 200) return end + 4;
    this.#sink.onHead(head);
    const { framing } = head;
    if (framing === 0) this.#finish();
    else if (framing === 'chunked') this.#state = { kind: 'chunk-size' };
    else if (framing === 'until-close') this.#state = { kind: 'until-close' };
    else this.#state = { kind: 'fixed', remaining: framing };
    return end + 4;
  }

  #readData(state: Extract<State, { kind: 'fixed' | 'chunk-data' }>, bytes: Buffer): number {
    const taken = Math.min(state.remaining, bytes.length);
    state.remaining -= taken;
    this.#sink.onBody(taken === bytes.length ? bytes : bytes.subarray(0, taken));
    if (state.remaining > 0) return taken;
    if (state.kind === 'fixed') this.#finish();
    else this.#state = { kind: 'chunk-end' };
    return taken;
  }

  #readAll(bytes: Buffer): number {
    const { length } = bytes;
    this.#sink.onBody(bytes);
    return length;
  }

  #readChunkSize(bytes: Buffer): number {
    const line = lineOf(bytes);
    if (line === null) return 0;
    const size = CHUNK_SIZE.exec(line)?.[1];
    if (size === undefined) throw new HttpSyntaxError('a chunk size is not a hexadecimal number');
    const remaining = Number.parseInt(size, 16);
    this.#state = remaining === 0 ? { kind: 'trailers' } : { kind: 'chunk-data', remaining };
    return line.length + 2;
  }

  #readTrailer(bytes: Buffer): number {
    const line = lineOf(bytes);
    if (line === null) return 0;
    if (line === '') this.#finish();
    else checkFieldLine(line);
    return line.length + 2;
  }

  #finish(): void {
    this.#state = HEAD;
    this.#sink.onEnd();
  }
}

const STATUS_LINE_START = Buffer.from('HTTP/1.');

/** A peer that speaks something else may wait for us to go on, where no end of a head will ever come. */
function needMoreOfHead(bytes: Buffer): 0 {
  const known = Math.min(bytes.length, STATUS_LINE_START.length);
  if (bytes.compare(STATUS_LINE_START, 0, known, 0, known) !== 0) {
    throw new HttpSyntaxError('the first line is not an HTTP/1.1 status line');
  }
  endOfLine(bytes);
  return 0;
}

function lineOf(bytes: Buffer): string | null {
  const end = endOfLine(bytes);
  if (end < 0 ? bytes.length > MAX_LINE_BYTES : end > MAX_LINE_BYTES) {
    throw new HttpSyntaxError(`a line is over ${MAX_LINE_BYTES} bytes`);
  }
  return end < 0 ? null : bytes.toString('latin1', 0, end);
}

/** Where the first line ends; less than 0 when it has not yet. The peer may never send the other half of half a line end. */
function endOfLine(bytes: Buffer): number {
  const lineFeed = bytes.indexOf(LINE_FEED);
  if (lineFeed >= 0 && bytes[lineFeed - 1] !== CARRIAGE_RETURN) throw new HttpSyntaxError('a line has half a line end');
  return lineFeed - 1;
}
