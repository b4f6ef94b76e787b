import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { randomSequence } from '../../../../bench/scenarios/random-sequence.ts';
import type { Config } from '../../../../src/shared/config.ts';
import { createHttpAnswer } from '../../../../src/workers/response/http-answer.ts';
import type { Header, HttpDecoded } from '../../../../src/workers/types.ts';
import { testConfig } from '../../../helpers/config.ts';
import { RecordingOutlet } from './recording-outlet.ts';

declare global {
  namespace NodeJS {
    interface Process {
      /** Since Node 23.9. */
      threadCpuUsage(): NodeJS.CpuUsage;
    }
  }
}

/**
 * 5 ms is what an answer may keep its thread from the other invocations at a stretch; in one go these would take 15 to 60.
 * Time of the processor and not of the clock, and the best of some rounds, so that neither a busy machine nor the garbage
 * collector decides. Linux may count in steps of 4 ms.
 */
const MOST_MS = 9;
const ROUNDS = 4;
const MIB = 1024 * 1024;
/** What the app's socket gives at once. */
const READ_BYTES = 64 * 1024;

class Ending extends RecordingOutlet {
  isDone = false;

  override respond(): void {
    this.isDone = true;
  }

  override fail(error: unknown): void {
    super.fail(error);
    this.isDone = true;
  }

  override streamChunk(): void {}

  override endStream(): void {
    this.isDone = true;
  }
}

const envelope = (statusCode: number, headers: readonly Header[]) => ({ statusCode, headers });

/** Answers with this body, as the app's socket would bring it; the most time in milliseconds between two turns of the loop. */
async function longestStretch(
  config: Partial<Config>,
  type: string,
  body: Buffer,
  isAnnounced = false,
): Promise<number> {
  const outlet = new Ending();
  const request = { method: 'GET', target: '/', headers: [], body: null };
  const decoded: HttpDecoded = { kind: 'http', request, envelope, prelude: envelope, acceptEncoding: 'gzip, br, zstd' };
  const headers: Header[] = [['content-type', type]];
  if (isAnnounced) headers.push(['content-length', String(body.byteLength)]);
  const head = { status: 200, headers };
  const answer = createHttpAnswer(head, decoded, testConfig(config), outlet);
  let longest = 0;
  for (let at = 0; !outlet.isDone;) {
    const before = process.threadCpuUsage();
    if (at < body.byteLength && outlet.holds === 0) {
      answer.data(body.subarray(at, at + READ_BYTES));
      at += READ_BYTES;
      if (at >= body.byteLength) answer.end();
    }
    await nextTurn();
    const { user, system } = process.threadCpuUsage();
    longest = Math.max(longest, (user + system - before.user - before.system) / 1000);
  }
  expect(outlet.failures).toEqual([]);
  return longest;
}

const text = words(8 * MIB);
/** Text that repeats itself as little as real text does. */
function words(bytes: number): Buffer {
  const random = randomSequence(1);
  const vocabulary = Array.from({ length: 4000 }, () => random(36 ** 6).toString(36));
  let made = '';
  while (made.length < bytes) made += `<p>${vocabulary[random(vocabulary.length)]}</p> `;
  return Buffer.from(made.slice(0, bytes));
}

const BUFFERED = { invokeMode: 'buffered' } as const;
const STREAMED = { invokeMode: 'response_stream' } as const;

const ANSWERS: readonly (readonly [what: string, config: Partial<Config>, type: string, body: Buffer])[] = [
  ['text that is not ASCII', { ...BUFFERED, compression: [] }, 'text/html', Buffer.alloc(6_000_000, 'ä')],
  ['binary content', { ...BUFFERED, compression: [] }, 'application/octet-stream', Buffer.alloc(4 * MIB, 0xff)],
  ['gzip', { ...BUFFERED, compression: [{ coding: 'gzip', level: 4 }] }, 'text/html', text],
  ['brotli', { ...BUFFERED, compression: [{ coding: 'br', level: 4 }] }, 'text/html', text],
  ['zstd', { ...BUFFERED, compression: [{ coding: 'zstd', level: 3 }] }, 'text/html', text],
  ['slow brotli', { ...BUFFERED, compression: [{ coding: 'br', level: 9 }] }, 'text/html', text.subarray(0, MIB)],
  ['a stream of gzip', { ...STREAMED, compression: [{ coding: 'gzip', level: 4 }] }, 'text/html', text],
  ['a stream of brotli', { ...STREAMED, compression: [{ coding: 'br', level: 4 }] }, 'text/html', text],
  ['a stream of zstd', { ...STREAMED, compression: [{ coding: 'zstd', level: 3 }] }, 'text/html', text],
];

test.each(ANSWERS)(
  'a large answer leaves the thread to others all the while: %s',
  async (_what, config, type, body) => {
    const stretches = [];
    for (let round = 0; round < ROUNDS; round++) stretches.push(await longestStretch(config, type, body));
    expect(Math.min(...stretches)).toBeLessThan(MOST_MS);
  },
);

test('so does one that is looked up before it is compressed, when it is new, is kept, and is known', async () => {
  const config: Partial<Config> = { ...BUFFERED, compression: [{ coding: 'gzip', level: 6 }] };
  for (let time = 0; time < 3; time++) {
    const stretches = [];
    for (let round = 0; round < ROUNDS; round++) {
      stretches.push(await longestStretch(config, 'text/html', text.subarray(round * MIB, (round + 1) * MIB), true));
    }
    expect(Math.min(...stretches)).toBeLessThan(MOST_MS);
  }
});
