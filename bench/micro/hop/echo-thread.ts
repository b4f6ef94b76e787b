import { workerData } from 'node:worker_threads';
import { openLink, type Ends } from './link.ts';

const ends: Ends = workerData;

/** Answers each payload with another of its length and its first byte, as a request is answered with a response. */
const send = openLink(ends, (payloads) =>
  send(
    payloads.map((payload) => {
      const answer = new Uint8Array(payload.byteLength);
      answer[0] = payload[0] ?? 0;
      return answer;
    }),
  ),
);
