import { hasMemoryForSpeed } from '../memory-for-speed.ts';
import { allocateOwnMemory, copyToOwnMemory, freeOwn } from '../own-memory.ts';

/** Bytes that are read at once, as much as Node does by itself. */
const READ_BYTES = 64 * 1024;

/** The same of a long response. It saves a sixth of the processor time of a stream, which goes into wakes and messages. */
const BULK_BYTES = 256 * 1024;

/** What connections read into that have little to read: they do so one after the other, so one buffer does for all. */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);

/**
 * Where a connection reads to. What comes is copied out of memory that all share, or each connection would keep a buffer. For a long
 * response memory is taken before the read, and what fills it passes on without a copy, which saves a tenth once more.
 */
export class ReadMemory {
  /** Null unless a long response is being read. */
  #own: Buffer | null = null;
  #isBulk = false;

  /** Memory for the next read. */
  next(): Buffer {
    if (this.#isBulk && hasMemoryForSpeed()) this.#own ??= allocateOwnMemory(BULK_BYTES);
    else this.#dropOwn();
    return this.#own ?? shared;
  }

  /** What has just been read, in memory of its own. */
  take(bytes: number): Buffer {
    const own = this.#own;
    this.#isBulk = bytes >= READ_BYTES;
    if (own === null || bytes < BULK_BYTES) return copyToOwnMemory((own ?? shared).subarray(0, bytes));
    this.#own = null;
    return own;
  }

  #dropOwn(): void {
    if (this.#own !== null) freeOwn(this.#own);
    this.#own = null;
  }
}
