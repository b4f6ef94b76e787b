import { exchange, PLAIN, STREAMING } from './exchange.ts';
import type { Scenario } from './scenario.ts';

const EVENT_BYTES = 200;
const EVENTS = 20;
const GAP_MS = 5;

/** One event of the stream. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
const event = `event: token\ndata: ${'a word of an answer '.repeat(EVENT_BYTES)}`.slice(0, EVENT_BYTES - 2);

export const serverSentEvents: Scenario = {
  ...PLAIN,
  name: 'sse',
  summary: `${EVENTS} server-sent events of ${EVENT_BYTES} bytes, ${GAP_MS} ms apart, streamed as they come`,
  adapterEnv: STREAMING,
  measured: exchange({
    path: '/events',
    answer: { contentType: 'text/event-stream', body: Buffer.from(`${event}\n\n`), times: EVENTS, gapMs: GAP_MS },
    isStreamed: true,
  }),
};
