import { connect, type Socket } from 'node:net';
import type { Address } from '../../shared/config.ts';
import { asError } from '../../shared/errors.ts';
import { free } from '../../shared/free.ts';
import { HttpSyntaxError } from '../../shared/http/response-head.ts';
import { ResponseParser } from '../../shared/http/response-parser.ts';
import { writeMessage } from '../../shared/http/write-message.ts';
import type { HttpResponse } from './http-response.ts';
import { inMemoryAlone } from './in-memory-alone.ts';
import { ResponseCollector } from './response-collector.ts';

/** Bytes that are read at once. */
const READ_BYTES = 128 * 1024;

/** Freeing less costs more than it saves, and may be a part of memory that others share. */
export const FREED_BYTES = 16 * 1024;

/**
 * What all connections read into: they do so one after the other, and each takes out what it needs before the next one does.
 * Memory for every read, which Node takes otherwise, costs 3 µs and much work for the garbage collector.
 */
const READ_BUFFER = Buffer.allocUnsafeSlow(READ_BYTES);

/** The exchange ended without a response. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

export interface Exchange {
  /** Status and headers are there; the body is still to come. */
  onHead?(response: HttpResponse): void;
  onResponse(response: HttpResponse): void;
  onError(error: Error): void;
  /** The socket took what was written while {@link Connection.write} said no. */
  onDrain?(): void;
}

/**
 * One keep-alive connection to one known peer, one exchange at a time: what a Runtime API client needs of HTTP/1.1 and
 * no more, which halves the cost of an invocation against a general client. There is no timeout: a long-poll waits as
 * long as the platform lets it.
 */
export class Connection {
  readonly #address: Address;
  #socket: Socket | null = null;
  #exchange: Exchange | null = null;
  /** Complete, but not reported yet. */
  #response: HttpResponse | null = null;

  constructor(address: Address) {
    this.#address = address;
  }

  /** True when a request would go out on a socket that has served one before, and may have been closed meanwhile. */
  get isReused(): boolean {
    return this.#socket !== null;
  }

  /** Sends one message, head and body in a single write, and reports to `exchange` exactly once. */
  send(head: string, body: Uint8Array | null, exchange: Exchange): void {
    writeMessage(this.#begin(exchange), head, body);
  }

  /** Sends a head whose body follows by {@link write}. */
  open(head: string, exchange: Exchange): void {
    this.#begin(exchange).write(head, 'latin1');
  }

  /**
   * Part of a body. False when the socket's buffer is full: `onDrain` tells when it is not. Memory of
   * {@link FREED_BYTES} and more is freed when the socket has taken them.
   */
  write(...pieces: readonly (Uint8Array | string)[]): boolean {
    const socket = this.#socket;
    if (socket === null || this.#exchange === null) return true;
    const hasToWait = socket.writableLength > 0;
    socket.cork();
    let hasRoom = true;
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        hasRoom = socket.write(piece, 'latin1');
      } else {
        const bytes = hasToWait ? inMemoryAlone(piece) : piece;
        hasRoom = bytes.byteLength >= FREED_BYTES ? socket.write(bytes, () => free(bytes)) : socket.write(bytes);
      }
    }
    socket.uncork();
    return hasRoom;
  }

  /** Whether the socket has not taken all that was written. */
  get hasUnsent(): boolean {
    return this.#socket !== null && this.#socket.writableLength > 0;
  }

  /** Closes the socket; an exchange under way is not heard of again. */
  close(): void {
    this.#exchange = null;
    this.#socket?.destroy();
    this.#socket = null;
  }

  #begin(exchange: Exchange): Socket {
    if (this.#exchange !== null) throw new Error('a connection carries one exchange at a time');
    this.#exchange = exchange;
    this.#socket ??= this.#connect();
    return this.#socket;
  }

  #connect(): Socket {
    const { host, port } = this.#address;
    const collector = new ResponseCollector(
      (response) => {
        if (this.#response !== null) throw new HttpSyntaxError('a second response came to one request');
        this.#response = response;
      },
      (response) => this.#exchange?.onHead?.(response),
    );
    const parser = new ResponseParser(collector);
    let reading: Buffer = READ_BUFFER;
    const socket = connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer: () => (reading = collector.rest ?? READ_BUFFER),
        callback: (bytes) => {
          this.#parse(socket, parser, reading.subarray(0, bytes));
          return true;
        },
      },
    });
    socket.on('drain', () => this.#socket === socket && this.#exchange?.onDrain?.());
    const closed = (): void =>
      this.#fail(socket, new ConnectionError('the connection was closed before a response came'));
    socket.on('end', () => {
      this.#parse(socket, parser, null);
      closed();
    });
    socket.on('error', (error) => this.#fail(socket, error));
    socket.on('close', closed);
    return socket;
  }

  /**
   * Reports only when the parser has done with the bytes: what follows a response was not asked for, and must not become
   * the answer to the request that the report may lead to.
   *
   * @param bytes what has been read; null at the end of the connection
   */
  #parse(socket: Socket, parser: ResponseParser, bytes: Buffer | null): void {
    if (this.#socket !== socket) return;
    if (this.#exchange === null) return this.close();
    let problem: Error | null = null;
    try {
      if (bytes === null) parser.end();
      else parser.push(bytes);
    } catch (error) {
      problem = asError(error);
    }
    const response = this.#response;
    this.#response = null;
    if (response !== null) this.#finish(socket, response, problem === null && parser.idle);
    else if (problem !== null) this.#fail(socket, problem);
  }

  #finish(socket: Socket, response: HttpResponse, isClean: boolean): void {
    if (this.#socket !== socket) return;
    const exchange = this.#exchange;
    this.#exchange = null;
    if (!response.keepAlive || !isClean) this.close();
    exchange?.onResponse(response);
  }

  #fail(socket: Socket, error: Error): void {
    if (this.#socket !== socket) return;
    const exchange = this.#exchange;
    this.close();
    exchange?.onError(error);
  }
}
