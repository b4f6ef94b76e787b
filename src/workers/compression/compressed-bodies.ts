import { crc32 } from 'node:zlib';
import type { CodingChoice } from '../../shared/config.ts';
import { freeOwn, joinInOwnMemory } from '../own-memory.ts';

/** A longer body would take the room of too many others. */
export const MAX_KEPT_BYTES = 1024 * 1024;

/**
 * What all that is kept may take, of each thread. Of a simulated site of 40 assets and 500 pages, 31 MB with what they become,
 * half as much would save 63 % of the bytes from compression, this saves 84 %, and twice as much would save 91 %.
 */
const ROOM_BYTES = 8 * 1024 * 1024;

/** Counted for a body beside its bytes: key, objects, and the memory's own management. */
const OVERHEAD_BYTES = 1024;

/** How many bodies are remembered, by their keys alone, that have come once. */
const MAX_SEEN = 1024;

interface Kept {
  /** Nobody has it but the store, so it is freed when it goes. */
  readonly plain: Buffer;
  /** Null when it is no smaller than the plain form. Answers may be at work on it for as long as they want, so nobody frees it. */
  readonly compressed: Buffer | null;
}

/**
 * What whole bodies became by compression, for apps that answer with the same again and again. A body is kept when it comes
 * for the second time, so that those of which each is different cost a checksum and nothing else. A checksum only finds
 * it; that it is the same body is decided by all of its bytes.
 */
export class CompressedBodies {
  /** In the order of their last use. */
  readonly #kept = new Map<string, Kept>();
  readonly #seen = new Set<string>();
  readonly #roomBytes: number;
  #takenBytes = 0;

  constructor(roomBytes = ROOM_BYTES) {
    this.#roomBytes = roomBytes;
  }

  /** @param chunks the plain body */
  keyOf({ coding, level }: CodingChoice, chunks: readonly Buffer[]): string {
    let checksum = 0;
    let byteLength = 0;
    for (const chunk of chunks) {
      checksum = crc32(chunk, checksum);
      byteLength += chunk.byteLength;
    }
    return `${coding} ${level} ${byteLength} ${checksum}`;
  }

  /** What this body became; null when that is not known. */
  find(key: string, chunks: readonly Buffer[]): Kept | null {
    const kept = this.#kept.get(key);
    if (kept === undefined || !consistsOf(kept.plain, chunks)) return null;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept;
  }

  /** Copies what it keeps, as the answer goes on to free its own. */
  add(key: string, plain: Buffer, compressed: Buffer | null): void {
    if (this.#kept.has(key)) return;
    if (!this.#seen.delete(key)) return this.#see(key);
    const kept = {
      plain: joinInOwnMemory([plain], plain.byteLength),
      compressed: compressed === null ? null : copyOf(compressed),
    };
    this.#kept.set(key, kept);
    this.#takenBytes += bytesOf(kept);
    while (this.#takenBytes > this.#roomBytes) this.#dropOldest();
  }

  #see(key: string): void {
    this.#seen.add(key);
    if (this.#seen.size <= MAX_SEEN) return;
    const [oldest = key] = this.#seen;
    this.#seen.delete(oldest);
  }

  #dropOldest(): void {
    const [oldest] = this.#kept;
    if (oldest === undefined) return;
    const [key, kept] = oldest;
    this.#kept.delete(key);
    this.#takenBytes -= bytesOf(kept);
    freeOwn(kept.plain);
  }
}

function consistsOf(body: Buffer, chunks: readonly Buffer[]): boolean {
  let at = 0;
  for (const chunk of chunks) {
    const end = at + chunk.byteLength;
    if (end > body.byteLength || body.compare(chunk, 0, chunk.byteLength, at, end) !== 0) return false;
    at = end;
  }
  return at === body.byteLength;
}

/** In memory of exactly its size: the pool that small buffers share would be held with it. */
function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  bytes.copy(copy);
  return copy;
}

function bytesOf({ plain, compressed }: Kept): number {
  return OVERHEAD_BYTES + plain.byteLength + (compressed?.byteLength ?? 0);
}
