import type { Socket } from 'node:net';
import type { Address } from '../../shared/config.ts';
import { asError } from '../../shared/errors.ts';
import { MAX_RESERVED_BYTES } from '../../shared/http/body-memory.ts';
import { HttpSyntaxError, type ResponseHead } from '../../shared/http/response-head.ts';
import { ResponseParser, type ResponseSink } from '../../shared/http/response-parser.ts';
import { writeMessage } from '../../shared/http/write-message.ts';
import { connectionClosed, connectionOpened } from '../stream-budget.ts';
import { freeOwn } from '../own-memory.ts';
import { connectToApp } from './connect.ts';
import { ClosedError, type Exchange } from './exchange.ts';
import type { Idle } from './idle-connections.ts';
import { ReadMemory } from './read-memory.ts';
import { WholeBody } from './whole-body.ts';

/** How long an app may take to read the rest of a request that it has answered already. */
const LINGER_MS = 5000;

/** What a connection tells whoever keeps it. */
export interface Keeper {
  /** It can carry another exchange. */
  onFree(connection: AppConnection, head: ResponseHead): void;
  onClosed(connection: AppConnection): void;
}

/** One connection to the app, which carries one exchange at a time. */
export class AppConnection implements ResponseSink, Idle {
  idleUntil = 0;
  readonly #keeper: Keeper;
  readonly #socket: Socket;
  readonly #parser = new ResponseParser(this);
  readonly #memory = new ReadMemory();
  #reading = this.#memory.next(false);
  #exchange: Exchange | null = null;
  #head: ResponseHead | null = null;
  /** Kept until the response is complete, as it may have to be sent again. */
  #sending: Uint8Array | null = null;
  /** Not null while a body is gathered that is delivered whole. */
  #whole: WholeBody | null = null;
  #isComplete = false;
  #isPaused = false;
  #isConnected = false;
  #isClosed = false;

  constructor(address: Address, keeper: Keeper) {
    this.#keeper = keeper;
    this.#socket = connectToApp(address, {
      buffer: () => this.#nextMemory(),
      callback: (bytes) => {
        this.#read(bytes);
        return true;
      },
    });
    connectionOpened();
    this.#socket
      .once('connect', () => this.#onConnected())
      .on('end', () => this.#onEndOfData())
      .on('error', (error) => this.#fail(error))
      .once('close', () => {
        connectionClosed();
        this.#memory.close();
        this.#fail(new ClosedError('other side closed'));
      });
  }

  /**
   * Sends a request, in a single write where it is small.
   *
   * @param body is given up: its memory is freed when the response is complete
   * @param isHead whether it is a HEAD, whose answer has no body
   */
  send(head: string, body: Uint8Array | null, isHead: boolean, exchange: Exchange): void {
    this.#exchange = exchange;
    this.#sending = body;
    this.#parser.isBodyless = isHead;
    exchange.attempt.isReused = this.#isConnected;
    exchange.attempt.stage = this.#isConnected ? 'sent' : 'queued';
    writeMessage(this.#socket, head, body);
  }

  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#socket.resume();
  }

  /** Closes it; an exchange under way is not heard of again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#exchange = null;
    this.#socket.destroy();
    this.#keeper.onClosed(this);
  }

  onHead(head: ResponseHead): void {
    if (this.#isComplete) throw new HttpSyntaxError('a second response came to one request');
    const exchange = this.#exchange;
    if (exchange === null) return;
    const { framing, headers } = head;
    if (framing === 'chunked' && headers.some(([name]) => name === 'content-length')) {
      throw new HttpSyntaxError('it has both a length and chunks');
    }
    this.#head = head;
    exchange.attempt.stage = 'body';
    if (exchange.onHead(head) !== 'whole' || typeof framing !== 'number' || framing > MAX_RESERVED_BYTES) return;
    this.#whole = new WholeBody(framing);
  }

  onBody(bytes: Buffer): void {
    const exchange = this.#exchange;
    if (exchange === null) return;
    if (this.#whole === null) return exchange.onData(this.#memory.keep(bytes));
    const body = this.#whole.add(bytes);
    if (body !== null) exchange.onData(body);
  }

  onEnd(): void {
    this.#isComplete = true;
  }

  #onConnected(): void {
    this.#isConnected = true;
    if (this.#exchange !== null) this.#exchange.attempt.stage = 'sent';
  }

  #nextMemory(): Buffer {
    const isInPieces = this.#head !== null && this.#whole === null;
    this.#reading = this.#whole?.rest ?? this.#memory.next(isInPieces);
    return this.#reading;
  }

  /**
   * Reports the end only when the parser has done with the bytes: what follows a response was not asked for, and must not become
   * the answer to the request that the report may lead to.
   */
  #read(bytes: number): void {
    const exchange = this.#exchange;
    if (exchange === null) return this.close();
    if (exchange.attempt.stage === 'sent') exchange.attempt.stage = 'responding';
    this.#memory.hasRead(bytes);
    try {
      this.#parser.push(this.#reading.subarray(0, bytes));
    } catch (error) {
      if (!this.#isComplete) return this.#fail(asError(error));
      return this.#finish(false);
    }
    if (this.#isComplete) this.#finish(this.#parser.idle);
  }

  #onEndOfData(): void {
    if (this.#exchange === null) return this.close();
    try {
      this.#parser.end();
    } catch {
      return this.#fail(new ClosedError('other side closed'));
    }
    if (this.#isComplete) this.#finish(false);
    else this.#fail(new ClosedError('other side closed'));
  }

  /** After a HEAD it is closed: an app that sends the body all the same would answer the next request with it. */
  #finish(isClean: boolean): void {
    const exchange = this.#exchange;
    const head = this.#head;
    if (exchange === null || head === null) return;
    this.#exchange = null;
    this.#head = null;
    this.#whole = null;
    this.#isComplete = false;
    if (this.#isPaused) this.resume();
    const isSent = this.#socket.writableLength === 0;
    if (!isClean || !head.keepAlive || this.#parser.isBodyless) this.close();
    else if (isSent) this.#keeper.onFree(this, head);
    else this.#linger();
    if (isSent && this.#sending !== null) freeOwn(this.#sending);
    this.#sending = null;
    try {
      exchange.onEnd();
    } catch (error) {
      exchange.onError(asError(error));
    }
  }

  /** The app has answered before it has read the whole request. It may want the rest, but the connection is not used again. */
  #linger(): void {
    this.#socket.end();
    setTimeout(() => this.close(), LINGER_MS).unref();
  }

  #fail(error: Error): void {
    const exchange = this.#exchange;
    this.close();
    exchange?.onError(error);
  }
}
