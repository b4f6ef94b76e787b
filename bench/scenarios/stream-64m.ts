import { picture } from './binary-64k.ts';
import { exchange, PLAIN, STREAMING } from './exchange.ts';
import type { Scenario } from './scenario.ts';

const BYTES = 64 * 1024 * 1024;

export const stream: Scenario = {
  ...PLAIN,
  name: 'stream-64m',
  summary: '64 MB that are streamed; fewer in flight than the usual 64 show more',
  adapterEnv: STREAMING,
  measured: exchange({
    path: '/download',
    answer: { ...picture, times: BYTES / picture.body.length },
    isStreamed: true,
  }),
};
