import { COMPRESSING, PLAIN } from './exchange.ts';
import { variedBrotli } from './html-100k-varied.ts';
import type { Scenario } from './scenario.ts';
import { uncompressedJson } from './small-json.ts';

export const mixed: Scenario = {
  ...PLAIN,
  name: 'mix-95-5',
  summary:
    '95 % small JSON, 5 % HTML of 100 KB, each different, compressed with brotli; latencies are those of the small ones',
  adapterEnv: COMPRESSING,
  measured: uncompressedJson,
  company: { kind: 'mixed', exchange: variedBrotli.measured, percent: 5 },
};
