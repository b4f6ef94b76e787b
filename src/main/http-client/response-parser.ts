import type { HttpResponse } from './http-response.ts';
import { parseHead, HttpSyntaxError } from './response-head.ts';

/** More than any head of the platform: client context and trace headers may be large, a runaway peer must not be. */
const MAX_HEAD_BYTES = 256 * 1024;
const MAX_LINE_BYTES = 4 * 1024;
/** Larger than any event. A peer that announces more gets memory for what it sends and not for what it promises. */
const MAX_RESERVED_BYTES = 8 * 1024 * 1024;
const EMPTY = Buffer.alloc(0);

type State =
  | { readonly kind: 'head' }
  | { readonly kind: 'fixed'; remaining: number; readonly reserved: Buffer | null }
  | { readonly kind: 'until-close' }
  | { readonly kind: 'chunk-size' }
  | { readonly kind: 'chunk-data'; remaining: number }
  | { readonly kind: 'chunk-end' }
  | { readonly kind: 'trailers' };

const HEAD: State = { kind: 'head' };

/**
 * Reads HTTP/1.1 responses off one connection. All bytes are copied once, out of the memory that the socket is going to read
 * into again: a body of known length into one piece of its own.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112
 */
export class ResponseParser {
  readonly #onResponse: (response: HttpResponse) => void;
  readonly #onHead: (response: HttpResponse) => void;
  #state: State = HEAD;
  #held: Buffer = EMPTY;
  #response: HttpResponse | null = null;

  constructor(onResponse: (response: HttpResponse) => void, onHead: (response: HttpResponse) => void = () => {}) {
    this.#onResponse = onResponse;
    this.#onHead = onHead;
  }

  /** True when nothing of a response has arrived that has not been handed on. */
  get idle(): boolean {
    return this.#state === HEAD && this.#held.length === 0;
  }

  /**
   * @param chunk may be overwritten afterwards
   * @throws {HttpSyntaxError} The peer does not speak HTTP/1.1; the connection is of no further use.
   */
  push(chunk: Buffer): void {
    let rest = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = EMPTY;
    while (rest.length > 0) {
      const consumed = this.#step(rest);
      if (consumed === 0) {
        this.#held = Buffer.from(rest);
        return;
      }
      if (consumed === rest.length) return;
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
        return this.#readFixed(state, bytes);
      case 'chunk-data':
        return this.#readChunkData(state, bytes);
      case 'until-close':
        this.#response?.body.push(Buffer.from(bytes));
        return bytes.length;
      case 'chunk-size':
        return this.#readChunkSize(bytes);
      case 'chunk-end':
        if (bytes.length < 2) return 0;
        if (bytes[0] !== 13 || bytes[1] !== 10) throw new HttpSyntaxError('a chunk is longer than its size');
        this.#state = { kind: 'chunk-size' };
        return 2;
      case 'trailers':
        return this.#readTrailer(bytes);
    }
  }

  #readHead(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) {
      if (bytes.length > MAX_HEAD_BYTES) throw new HttpSyntaxError(`the head is over ${MAX_HEAD_BYTES} bytes`);
      return 0;
    }
    const { response, framing } = parseHead(bytes.toString('latin1', 0, end));
    if (response.status < 200) return end + 4;
    this.#response = response;
    this.#onHead(response);
    if (framing === 'chunked') this.#state = { kind: 'chunk-size' };
    else if (framing === 'until-close') this.#state = { kind: 'until-close' };
    else if (framing > 0) this.#state = { kind: 'fixed', remaining: framing, reserved: reserve(framing) };
    else this.#finish();
    return end + 4;
  }

  #readFixed(state: Extract<State, { kind: 'fixed' }>, bytes: Buffer): number {
    const { remaining, reserved } = state;
    const taken = Math.min(remaining, bytes.length);
    if (reserved === null) this.#response?.body.push(Buffer.from(bytes.subarray(0, taken)));
    else bytes.copy(reserved, reserved.length - remaining, 0, taken);
    state.remaining -= taken;
    if (state.remaining > 0) return taken;
    if (reserved !== null) this.#response?.body.push(reserved);
    this.#finish();
    return taken;
  }

  #readChunkData(state: Extract<State, { kind: 'chunk-data' }>, bytes: Buffer): number {
    const taken = Math.min(state.remaining, bytes.length);
    this.#response?.body.push(Buffer.from(bytes.subarray(0, taken)));
    state.remaining -= taken;
    if (state.remaining === 0) this.#state = { kind: 'chunk-end' };
    return taken;
  }

  #readChunkSize(bytes: Buffer): number {
    const line = lineOf(bytes);
    if (line === null) return 0;
    const size = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
    if (size === undefined) throw new HttpSyntaxError('a chunk size is not a hexadecimal number');
    const remaining = Number.parseInt(size, 16);
    this.#state = remaining === 0 ? { kind: 'trailers' } : { kind: 'chunk-data', remaining };
    return line.length + 2;
  }

  #readTrailer(bytes: Buffer): number {
    const line = lineOf(bytes);
    if (line === null) return 0;
    if (line === '') this.#finish();
    return line.length + 2;
  }

  #finish(): void {
    const response = this.#response;
    this.#state = HEAD;
    this.#response = null;
    if (response !== null) this.#onResponse(response);
  }
}

/** Null where the pieces are kept as they come. */
function reserve(bytes: number): Buffer | null {
  return bytes <= MAX_RESERVED_BYTES ? Buffer.allocUnsafe(bytes) : null;
}

function lineOf(bytes: Buffer): string | null {
  const end = bytes.indexOf('\r\n');
  if (end < 0 ? bytes.length > MAX_LINE_BYTES : end > MAX_LINE_BYTES) {
    throw new HttpSyntaxError(`a line is over ${MAX_LINE_BYTES} bytes`);
  }
  return end < 0 ? null : bytes.toString('latin1', 0, end);
}
