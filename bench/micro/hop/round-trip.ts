import { MessageChannel, Worker } from 'node:worker_threads';
import { openLink, type Way } from './link.ts';
import { RING_BYTES } from './shared-ring.ts';

/** A thread that answers, reached in one way. */
export interface RoundTrip {
  /** Sends so many payloads at once. @returns their answers, when all have come */
  readonly run: (payloads: number) => Promise<readonly Uint8Array[]>;
  readonly close: () => Promise<void>;
}

/** More or less an event with the headers of a browser, and as much for the answer. */
const PAYLOAD_BYTES = 1500;

export function openRoundTrip(way: Way): RoundTrip {
  const { port1: port, port2 } = new MessageChannel();
  const outgoing = new SharedArrayBuffer(RING_BYTES);
  const incoming = new SharedArrayBuffer(RING_BYTES);
  const worker = new Worker(new URL('echo-thread.ts', import.meta.url), {
    workerData: { way, port: port2, outgoing: incoming, incoming: outgoing },
    transferList: [port2],
  });
  let answers: Uint8Array[] = [];
  let wanted = 0;
  let pending = Promise.withResolvers<readonly Uint8Array[]>();
  const send = openLink({ way, port, outgoing, incoming }, (payloads) => {
    answers.push(...payloads);
    if (answers.length >= wanted) pending.resolve(answers);
  });
  return {
    run: (count) => {
      answers = [];
      wanted = count;
      pending = Promise.withResolvers();
      send(Array.from({ length: count }, (_, index) => payload(index)));
      return pending.promise;
    },
    close: async () => {
      port.close();
      await worker.terminate();
    },
  };
}

function payload(index: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(PAYLOAD_BYTES);
  bytes[0] = index;
  return bytes;
}
