import { exchange, PLAIN, STREAMING } from './exchange.ts';
import type { Scenario } from './scenario.ts';

/** 100 bytes. */
const ORDERS = JSON.stringify({ ok: true, status: 'open', page: 2, orders: [4711, 4712, 4713], note: 'x'.repeat(28) });

const request = {
  path: '/orders',
  query: 'status=open&page=2',
  answer: { contentType: 'application/json', body: Buffer.from(ORDERS) },
};

export const smallJson: Scenario = {
  ...PLAIN,
  name: 'small-json',
  summary: 'GET with a short query, a JSON answer of 100 bytes: what the adapter costs by itself',
  measured: exchange(request),
};

export const streamedJson: Scenario = {
  ...PLAIN,
  name: 'small-json-streamed',
  summary: 'the same answer as a stream: what streaming costs where there is little to stream',
  adapterEnv: STREAMING,
  measured: exchange({ ...request, isStreamed: true }),
};

/** The same for a client that wants it as it is: adapters that compress differ in what is too short for that. */
export const uncompressedJson = exchange({ ...request, acceptEncoding: 'identity' });
