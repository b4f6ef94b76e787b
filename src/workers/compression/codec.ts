import type { Transform } from 'node:stream';
import type { CodingChoice } from '../../shared/config.ts';
import { asError } from '../../shared/errors.ts';
import { freeOwn, joinInOwnMemory, takeOver } from '../own-memory.ts';
import { afterOthers } from './after-others.ts';
import { compressNow, quickBytes } from './compress-now.ts';
import { createTransform, FLUSHED_BYTES, type Pace } from './create-transform.ts';

/** Bytes that wait for the codec while it is at work, from which on the app has to wait too. */
const ENOUGH_BYTES = 64 * 1024;

/** A body up to this is compressed when it ends. A longer one takes long enough for others to be noticed. */
const AT_ONCE_BYTES = 16 * 1024;

/** Hears of one body on its way through a {@link Codec}. */
export interface CodecListener {
  onCompressed(chunk: Buffer): void;
  /** The codec has enough to do: no more should be written before {@link onCaughtUp}. */
  onBehind(): void;
  onCaughtUp(): void;
  /** All of it has been reported, with the end of the coding. */
  onCodecEnd(): void;
  onCodecError(error: Error): void;
}

/**
 * Compresses one body while it arrives. What is written in one turn of the event loop, or while the codec is at work, goes
 * through it in one piece: an app that writes in crumbs would else cost a trip to another thread and a flush for each.
 */
export class Codec {
  readonly #choice: CodingChoice;
  readonly #pace: Pace;
  readonly #listener: CodecListener;
  /** Made for the first piece: a body that ends in the turn in which it began needs none. */
  #transform: Transform | null = null;
  /** Under way through it. */
  #piece: Buffer | null = null;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #state: 'idle' | 'working' | 'closed' = 'idle';
  #isBehind = false;
  /** What follows when nothing is left to compress. */
  #whenIdle: (() => void) | null = null;

  constructor(choice: CodingChoice, pace: Pace, listener: CodecListener) {
    this.#choice = choice;
    this.#pace = pace;
    this.#listener = listener;
  }

  write(chunk: Buffer): void {
    if (this.#state === 'closed') return;
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#state === 'idle') {
      if (this.#isWorthATransform()) this.#work();
    } else if (!this.#isBehind && this.#waitingBytes >= ENOUGH_BYTES) {
      this.#isBehind = true;
      this.#listener.onBehind();
    }
  }

  /** Compresses what is left and ends the coding. */
  end(): void {
    if (this.#state === 'closed') return;
    if (this.#transform !== null || this.#waitingBytes > quickBytes(this.#choice)) {
      this.#afterAll(() => this.#open().end());
    } else if (this.#state === 'working' || this.#waitingBytes <= AT_ONCE_BYTES) {
      this.#compressNow();
    } else {
      afterOthers(() => this.#compressNow());
    }
  }

  /** Compresses what is left, and leaves the coding without an end: whoever reads it can tell. */
  breakOff(onBroken: () => void): void {
    this.#afterAll(() => {
      this.close();
      onBroken();
    });
  }

  /** Frees its memory; nothing is heard of it any more. */
  close(): void {
    this.#state = 'closed';
    this.#waiting = [];
    this.#whenIdle = null;
    this.#transform?.destroy();
  }

  /** A whole body that stays small is compressed at its end, on this thread. */
  #isWorthATransform(): boolean {
    return this.#pace === 'flushed' || this.#waitingBytes > quickBytes(this.#choice) || this.#transform !== null;
  }

  /** Later: what else comes in this turn can go along. */
  #work(): void {
    this.#state = 'working';
    queueMicrotask(this.#next);
  }

  #compressNow(): void {
    if (this.#state === 'closed') return;
    const [first] = this.#waiting;
    const isWhole = first !== undefined && this.#waiting.length === 1;
    const body = isWhole ? first : joinInOwnMemory(this.#waiting, this.#waitingBytes);
    this.close();
    try {
      this.#listener.onCompressed(compressNow(this.#choice, body));
      this.#listener.onCodecEnd();
    } catch (error) {
      this.#listener.onCodecError(asError(error));
    }
    if (!isWhole) freeOwn(body);
  }

  #afterAll(action: () => void): void {
    if (this.#state === 'working') this.#whenIdle = action;
    else action();
  }

  readonly #next = (): void => {
    if (this.#state === 'closed') return;
    if (this.#waitingBytes > 0) {
      this.#piece = this.#takeWaiting();
      this.#open().write(this.#piece, this.#written);
      if (this.#isBehind) {
        this.#isBehind = false;
        this.#listener.onCaughtUp();
      }
      return;
    }
    this.#state = 'idle';
    this.#whenIdle?.();
  };

  /** An error is reported by the event of that name. */
  readonly #written = (error?: Error | null): void => {
    if (error) return;
    if (this.#piece !== null) this.#free(this.#piece);
    this.#piece = null;
    this.#next();
  };

  #takeWaiting(): Buffer {
    const chunks = this.#waiting;
    const bytes = this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    const [first] = chunks;
    if (first !== undefined && chunks.length === 1) return first;
    const piece = joinInOwnMemory(chunks, bytes);
    for (const chunk of chunks) this.#free(chunk);
    return piece;
  }

  /** The chunks of a whole body are kept for the case that it does not shrink. */
  #free(bytes: Buffer): void {
    if (this.#pace === 'flushed') freeOwn(bytes);
  }

  #open(): Transform {
    if (this.#transform !== null) return this.#transform;
    const transform = createTransform(this.#choice, this.#pace);
    transform.on('data', (chunk: Buffer) => {
      takeOver(chunk, FLUSHED_BYTES);
      if (this.#state !== 'closed') this.#listener.onCompressed(chunk);
    });
    transform.on('end', () => {
      if (this.#state === 'closed') return;
      this.close();
      this.#listener.onCodecEnd();
    });
    transform.on('error', (error) => {
      if (this.#state === 'closed') return;
      this.close();
      this.#listener.onCodecError(error);
    });
    this.#transform = transform;
    return transform;
  }
}
