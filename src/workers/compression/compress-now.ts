import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import type { Coding, CodingChoice } from '../../shared/config.ts';
import { BROTLI_WINDOW } from './create-transform.ts';

/** Compressing this much takes up to 2 ms. More would hold up the neighbours on this thread, so it goes to libuv's. */
export const QUICK_BYTES = 128 * 1024;

/** Up to these the time above is kept: brotli 9 takes 18 ms for 100 KiB of HTML, zstd 12 takes 6. */
const QUICK_LEVELS: Readonly<Record<Coding, number>> = { gzip: 6, br: 6, zstd: 9 };

/** Bytes up to which {@link compressNow} may be used; 0 for a level at which it never may. */
export function quickBytes({ coding, level }: CodingChoice): number {
  return level <= QUICK_LEVELS[coding] ? QUICK_BYTES : 0;
}

/** A whole body at once on this thread, which for a small one costs less than the way to another thread and back. */
export function compressNow({ coding, level }: CodingChoice, body: Buffer): Buffer {
  switch (coding) {
    case 'gzip':
      return gzipSync(body, { level });
    case 'br':
      return brotliCompressSync(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: level, [constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW.whole },
      });
    case 'zstd':
      return zstdCompressSync(body, { params: { [constants.ZSTD_c_compressionLevel]: level } });
  }
}
