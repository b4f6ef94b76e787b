import type { Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip, createZstdCompress } from 'node:zlib';
import type { CodingChoice } from '../../shared/config.ts';

/**
 * `flushed` makes what was written decodable when its write is done, and is for streams, of which there may be many for a
 * long time; `whole` is for a body that nobody reads before its end.
 */
export type Pace = 'flushed' | 'whole';

/**
 * log2 of how far back brotli looks. 18 takes half the time of the default 22 for 4 MiB of HTML, whose memory has to be
 * given back in one go of 10 ms, and leaves 1 % more bytes. With 16 a stream has 0.9 MB instead of 1.7, from level 5 on 1.6
 * instead of up to 31, and 1 MiB of HTML becomes 4 % larger.
 */
export const BROTLI_WINDOW: Readonly<Record<Pace, number>> = { flushed: 16, whole: 18 };

/**
 * log2 of how far back zstd looks and of the entries in its tables: without limits, which it cannot set itself for a length
 * that it does not know, level 3 has 2 MB and level 19 has 83 MB for each body. These leave streams with 0.5 MB, with
 * which 1 MiB of HTML becomes 5 % larger; the size of whole bodies stays the same up to level 5.
 */
const ZSTD_TABLES: Readonly<Record<Pace, Readonly<Record<number, number>>>> = {
  flushed: zstdTables(17, 14),
  whole: zstdTables(19, 17),
};

function zstdTables(windowLog: number, tableLog: number): Record<number, number> {
  return {
    [constants.ZSTD_c_windowLog]: windowLog,
    [constants.ZSTD_c_hashLog]: tableLog,
    [constants.ZSTD_c_chainLog]: tableLog,
  };
}

/**
 * Memory that a stream's compressed bytes are written to, piece after piece. From this size on it is no part of the pool that
 * all buffers share, so that it can be freed with the last of them.
 */
export const FLUSHED_BYTES = 32 * 1024;

/** A compressor that works on libuv's threads. */
export function createTransform({ coding, level }: CodingChoice, pace: Pace): Transform {
  const isFlushed = pace === 'flushed';
  const memory = isFlushed ? { chunkSize: FLUSHED_BYTES } : {};
  switch (coding) {
    case 'gzip':
      return createGzip({ ...memory, level, flush: isFlushed ? constants.Z_SYNC_FLUSH : constants.Z_NO_FLUSH });
    case 'br':
      return createBrotliCompress({
        ...memory,
        flush: isFlushed ? constants.BROTLI_OPERATION_FLUSH : constants.BROTLI_OPERATION_PROCESS,
        params: { [constants.BROTLI_PARAM_QUALITY]: level, [constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW[pace] },
      });
    case 'zstd':
      return createZstdCompress({
        ...memory,
        flush: isFlushed ? constants.ZSTD_e_flush : constants.ZSTD_e_continue,
        params: { ...ZSTD_TABLES[pace], [constants.ZSTD_c_compressionLevel]: level },
      });
  }
}
