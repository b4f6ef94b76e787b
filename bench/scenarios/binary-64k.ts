import { functionUrlEvent } from './function-url-event.ts';
import { randomSequence } from './random-sequence.ts';
import type { Scenario } from './scenario.ts';

const BYTES = 64 * 1024;
const next = randomSequence(64);

export const binary: Scenario = {
  name: 'binary-64k',
  summary: 'random bytes, which travel as base64',
  adapterEnv: {},
  event: functionUrlEvent('/picture', '', 'gzip, br'),
  answer: { contentType: 'image/png', body: Buffer.from(Array.from({ length: BYTES }, () => next(256))), times: 1 },
  isStreamed: false,
  contentCoding: null,
};
