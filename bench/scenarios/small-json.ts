import { functionUrlEvent } from './function-url-event.ts';
import type { Scenario } from './scenario.ts';

export const smallJson: Scenario = {
  name: 'small-json',
  summary: 'GET with a short query, a JSON answer of 100 bytes: what the adapter costs by itself',
  adapterEnv: {},
  event: functionUrlEvent('/orders', 'status=open&page=2', 'gzip, br'),
  answer: {
    contentType: 'application/json',
    body: Buffer.from(
      JSON.stringify({ ok: true, status: 'open', page: 2, orders: [4711, 4712, 4713], note: 'x'.repeat(28) }),
    ),
    times: 1,
  },
  isStreamed: false,
  contentCoding: null,
};
