import { COMPRESSING, exchange, PLAIN } from './exchange.ts';
import { catalogue } from './html-100k.ts';
import type { Scenario } from './scenario.ts';

export const htmlBrotli: Scenario = {
  ...PLAIN,
  name: 'html-100k-br',
  summary: 'the same page, compressed by the adapter with brotli',
  adapterEnv: COMPRESSING,
  measured: exchange({ ...catalogue, acceptEncoding: 'br', contentCoding: 'br' }),
};
