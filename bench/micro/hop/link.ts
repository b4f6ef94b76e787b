import type { MessagePort } from 'node:worker_threads';
import { SharedRing } from './shared-ring.ts';

/** How payloads come from one thread to another. */
export type Way = 'a message each' | 'batch, cloned' | 'batch, transferred' | 'shared, doorbell' | 'shared, waitAsync';

/** Both threads have one, over the same port and with the rings the other way round. */
export interface Ends {
  readonly way: Way;
  readonly port: MessagePort;
  readonly outgoing: SharedArrayBuffer;
  readonly incoming: SharedArrayBuffer;
}

export type Send = (payloads: readonly Uint8Array<ArrayBuffer>[]) => void;

/** @param onPayloads called with what came at once */
export function openLink({ way, port, outgoing, incoming }: Ends, onPayloads: (payloads: Uint8Array[]) => void): Send {
  const out = new SharedRing(outgoing);
  const into = new SharedRing(incoming);
  switch (way) {
    case 'a message each':
      port.on('message', (payload: Uint8Array) => onPayloads([payload]));
      return (payloads) => {
        for (const payload of payloads) port.postMessage(payload);
      };
    case 'batch, cloned':
      port.on('message', onPayloads);
      return (payloads) => port.postMessage(payloads);
    case 'batch, transferred':
      port.on('message', onPayloads);
      return (payloads) => {
        const gathered = gather(payloads);
        port.postMessage(gathered.views, [gathered.memory]);
      };
    case 'shared, doorbell':
      port.on('message', () => onPayloads(into.take()));
      return (payloads) => {
        out.put(payloads);
        port.postMessage(0);
      };
    case 'shared, waitAsync':
      // Keeps the thread alive, which a wait alone does not.
      port.on('message', () => {});
      void into.takeForever(onPayloads);
      return (payloads) => {
        out.put(payloads);
        out.wake();
      };
  }
}

/** Copies of all in one piece of memory, which costs less to transfer than one for each. */
function gather(payloads: readonly Uint8Array[]): { views: Uint8Array[]; memory: ArrayBuffer } {
  const memory = new ArrayBuffer(payloads.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  const views = payloads.map((payload) => {
    const view = new Uint8Array(memory, offset, payload.byteLength);
    view.set(payload);
    offset += payload.byteLength;
    return view;
  });
  return { views, memory };
}
