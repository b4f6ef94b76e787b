import { COMPRESSING, exchange, PLAIN } from './exchange.ts';
import { catalogue } from './html-100k.ts';
import type { Scenario } from './scenario.ts';

export const htmlZstd: Scenario = {
  ...PLAIN,
  name: 'html-100k-zstd',
  summary: 'the same page, compressed by the adapter with zstd, which not every adapter can',
  adapterEnv: COMPRESSING,
  measured: exchange({ ...catalogue, acceptEncoding: 'zstd', contentCoding: 'zstd' }),
  isExtra: true,
};
