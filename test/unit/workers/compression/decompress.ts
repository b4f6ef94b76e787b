import { brotliDecompressSync, constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Coding } from '../../../../src/shared/config.ts';

/** @throws Error when the coding has no end. */
export function decompress(coding: Coding, bytes: Buffer): Buffer {
  switch (coding) {
    case 'gzip':
      return gunzipSync(bytes);
    case 'br':
      return brotliDecompressSync(bytes);
    case 'zstd':
      return zstdDecompressSync(bytes);
  }
}

/** What a client can make of bytes that are only the beginning. */
export function decompressBeginning(coding: Coding, bytes: Buffer): Buffer {
  switch (coding) {
    case 'gzip':
      return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    case 'br':
      return brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH });
    case 'zstd':
      return zstdDecompressSync(bytes, { finishFlush: constants.ZSTD_e_flush });
  }
}
