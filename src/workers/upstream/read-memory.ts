import { allocateOwnMemory, copyToOwnMemory, freeOwn } from '../own-memory.ts';
import { windowBytes } from '../stream-budget.ts';

/** Bytes that are read at once: a page of 100 KB in one go, which then needs no memory of its own to be answered from. */
const READ_BYTES = 128 * 1024;

/** The same where what is read is kept. More would let each slow stream have more on its way. */
const KEPT_BYTES = 64 * 1024;

/** The same of a long response, where windows have room for it. It saves a quarter of a stream's processor time: wakes and messages. */
const BULK_BYTES = 512 * 1024;

/** What connections read into that have little to read: they do so one after the other, so one buffer does for all. */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);
const sharedForKept = shared.subarray(0, KEPT_BYTES);

/**
 * Where a connection reads to. What is to be kept is copied out of memory that all share, or each connection would have a buffer. For
 * a long response memory is taken before the read, and what fills it passes on without a copy, which saves a tenth once more.
 */
export class ReadMemory {
  /** Null unless a long response is being read. */
  #own: Buffer | null = null;
  #isBulk = false;

  /**
   * Memory for the next read.
   *
   * @param isInPieces whether it brings more of a body that is delivered in pieces: of any other there may be views
   */
  next(isInPieces: boolean): Buffer {
    if (isInPieces && this.#isBulk && windowBytes() >= BULK_BYTES) this.#own ??= allocateOwnMemory(BULK_BYTES);
    else this.#dropOwn();
    return this.#own ?? (isInPieces ? sharedForKept : shared);
  }

  /** Tells how much a read has brought. */
  hasRead(bytes: number): void {
    this.#isBulk = bytes >= KEPT_BYTES;
  }

  /** Part of what has just been read, in memory of its own. */
  keep(part: Buffer): Buffer {
    const own = this.#own;
    if (own === null || part.buffer !== own.buffer || part.byteLength < own.byteLength) return copyToOwnMemory(part);
    this.#own = null;
    return own;
  }

  /** The connection is closed. */
  close(): void {
    this.#dropOwn();
  }

  #dropOwn(): void {
    if (this.#own !== null) freeOwn(this.#own);
    this.#own = null;
  }
}
