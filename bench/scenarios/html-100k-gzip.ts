import { COMPRESSING, exchange, PLAIN } from './exchange.ts';
import { catalogue } from './html-100k.ts';
import type { Scenario } from './scenario.ts';

export const htmlGzip: Scenario = {
  ...PLAIN,
  name: 'html-100k-gzip',
  summary: 'the same page, compressed by the adapter with gzip',
  adapterEnv: COMPRESSING,
  measured: exchange({ ...catalogue, acceptEncoding: 'gzip', contentCoding: 'gzip' }),
};
