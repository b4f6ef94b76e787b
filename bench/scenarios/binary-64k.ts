import { exchange, PLAIN } from './exchange.ts';
import { randomBytes } from './random-bytes.ts';
import type { Scenario } from './scenario.ts';

export const picture = { contentType: 'image/png', body: randomBytes(64 * 1024) };

export const binary: Scenario = {
  ...PLAIN,
  name: 'binary-64k',
  summary: 'random bytes, which travel as base64',
  measured: exchange({ path: '/picture', answer: picture }),
};
