import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { htmlPage } from '../../bench/scenarios/html-page.ts';
import type { RunningAdapter } from '../helpers/adapter.ts';
import { request } from '../helpers/events.ts';
import type { Script } from '../helpers/scripted-app.ts';

export interface SlowReaders {
  readonly streams: number;
  /** Of each stream, as the app writes it. */
  readonly bytes: number;
  /** What a reader takes for each part that arrives. */
  readonly pauseMs: number;
  readonly acceptEncoding?: string;
}

export interface Outcome {
  /** How far the adapter's resident memory rose above what it was before, in MiB. */
  readonly growthMib: number;
  readonly seconds: number;
  /** Bytes that all readers got together. */
  readonly received: number;
}

const MIB = 1024 * 1024;

/** Writes HTML in chunks as fast as it is taken, as many bytes as the path says. */
export const writer: Script = async ({ target }, connection) => {
  const page = htmlPage();
  connection.answer({
    headers: [
      ['content-type', 'text/html'],
      ['transfer-encoding', 'chunked'],
    ],
  });
  for (let left = Number(target.slice(1)); left > 0; left -= page.length) {
    if (!connection.chunk(left < page.length ? page.subarray(0, left) : page)) await once(connection.socket, 'drain');
  }
  connection.chunk('');
};

/** Streams to readers that are slower than the app, all at once. */
export async function readSlowly(adapter: RunningAdapter, readers: SlowReaders): Promise<Outcome> {
  adapter.app.script = writer;
  // What one stream needs of code and of sockets is there before the count begins.
  await readAll(adapter, { ...readers, bytes: MIB, pauseMs: 0 });
  await sleep(1000);
  const before = residentMib(adapter);
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, residentMib(adapter));
  }, 50);
  const startedAt = performance.now();
  try {
    const received = await readAll(adapter, readers);
    return { growthMib: most - before, seconds: (performance.now() - startedAt) / 1000, received };
  } finally {
    clearInterval(sampling);
  }
}

async function readAll(adapter: RunningAdapter, { streams, bytes, pauseMs, acceptEncoding }: SlowReaders) {
  let received = 0;
  const headers = acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding };
  const read = async (): Promise<void> => {
    const outcome = await adapter.invoke(request(`/${bytes}`, { headers }), {
      keepBody: false,
      onChunk: (chunk) => {
        received += chunk.length;
        return pauseMs > 0 ? sleep(pauseMs) : undefined;
      },
    });
    if (outcome.kind !== 'response' || outcome.trailers !== null)
      throw new Error(`the stream ended with ${outcome.kind}`);
  };
  await Promise.all(Array.from({ length: streams }, read));
  return received;
}

/** Resident memory of the adapter's process, in MiB. */
function residentMib({ process: { pid } }: RunningAdapter): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}
