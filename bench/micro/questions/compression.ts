import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Coding } from '../../../src/shared/config.ts';
import { compressNow } from '../../../src/workers/compression/compress-now.ts';
import { formatNumber } from '../../report/format-number.ts';
import { htmlPage } from '../../scenarios/html-page.ts';
import { compare } from '../compare.ts';
import type { Question } from '../question.ts';

const LEVELS: Readonly<Record<Coding, readonly number[]>> = {
  gzip: [1, 4, 6, 9],
  br: [1, 3, 4, 5, 6, 9],
  zstd: [1, 3, 6, 9, 12],
};

const DECOMPRESS: Readonly<Record<Coding, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes),
  br: (bytes) => brotliDecompressSync(bytes),
  zstd: (bytes) => zstdDecompressSync(bytes),
};

const CODINGS: readonly Coding[] = ['gzip', 'br', 'zstd'];
const PAGE = htmlPage();

export const compression: Question = {
  name: 'compression',
  summary: '100 KB of HTML at once on one thread, by coding and level: time, and bytes left',
  async *measure(budgetMs) {
    for (const coding of CODINGS) {
      const variants = LEVELS[coding].map((level) => [`level ${level}`, () => compressNow({ coding, level }, PAGE)]);
      yield await compare<Buffer>(
        {
          title: coding,
          variants: Object.fromEntries(variants),
          meaning: (bytes) => DECOMPRESS[coding](bytes),
          expected: PAGE,
          remark: { heading: 'bytes left', of: (bytes) => formatNumber(bytes.length, 0) },
        },
        budgetMs,
      );
    }
  },
};
