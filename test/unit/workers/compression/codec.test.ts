import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlPage } from '../../../../bench/scenarios/html-page.ts';
import type { CodingChoice } from '../../../../src/shared/config.ts';
import { Codec, type CodecListener } from '../../../../src/workers/compression/codec.ts';
import type { Pace } from '../../../../src/workers/compression/create-transform.ts';
import { freeOwn } from '../../../../src/workers/own-memory.ts';
import { decompress, decompressBeginning } from './decompress.ts';

const CHOICES: readonly CodingChoice[] = [
  { coding: 'gzip', level: 4 },
  { coding: 'br', level: 4 },
  { coding: 'zstd', level: 3 },
];

/** Keeps what a codec says. */
class Recorder implements CodecListener {
  readonly chunks: Buffer[] = [];
  holds = 0;
  behind = 0;
  readonly codec: Codec;
  readonly ended = Promise.withResolvers<Buffer>();

  constructor(choice: CodingChoice, pace: Pace) {
    this.codec = new Codec(choice, pace, this);
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  onCompressed(chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onBehind(): void {
    this.holds++;
    this.behind++;
  }

  onCaughtUp(): void {
    this.holds--;
  }

  onCodecEnd(): void {
    this.ended.resolve(this.bytes);
  }

  onCodecError(error: Error): void {
    this.ended.reject(error);
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe.each(CHOICES)('$coding', (choice) => {
  const { coding } = choice;

  test('makes each write decodable before the next one comes', async () => {
    const recorder = new Recorder(choice, 'flushed');
    let written = '';
    for (const piece of ['<html>', 'data: 1\n\n', 'x', 'é'.repeat(100_000), 'data: 2\n\n']) {
      written += piece;
      recorder.codec.write(Buffer.from(piece));
      await expect.poll(() => decompressBeginning(coding, recorder.bytes).toString() === written).toBe(true);
    }
    recorder.codec.end();
    expect(decompress(coding, await recorder.ended.promise).toString() === written).toBe(true);
  });

  test('gives any chunks back in their order, whenever they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 2000 })), fc.boolean(), async (chunks, pauses) => {
        for (const pace of ['flushed', 'whole'] as const) {
          const recorder = new Recorder(choice, pace);
          for (const chunk of chunks) {
            recorder.codec.write(Buffer.from(chunk));
            if (pauses) await turn();
          }
          recorder.codec.end();
          const body = decompress(coding, await recorder.ended.promise);
          expect(body.equals(Buffer.concat(chunks))).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('holds the app back while it has enough to do, and lets it go on each time', async () => {
    for (const pace of ['flushed', 'whole'] as const) {
      const recorder = new Recorder(choice, pace);
      const chunk = htmlPage();
      for (let count = 0; count < 10; count++) {
        recorder.codec.write(chunk);
        recorder.codec.write(chunk);
        await Promise.resolve();
        recorder.codec.write(chunk);
        expect(recorder.holds).toBe(1);
        await expect.poll(() => recorder.holds, { interval: 1 }).toBe(0);
      }
      expect(recorder.behind).toBeGreaterThanOrEqual(10);
      recorder.codec.end();
      expect(decompress(coding, await recorder.ended.promise)).toHaveLength(30 * chunk.length);
    }
  });

  test('writes a stream into memory that can be freed when all of it has been passed on', async () => {
    const recorder = new Recorder(choice, 'flushed');
    for (let count = 0; count < 10; count++) {
      recorder.codec.write(randomBytes(20_000));
      await turn();
    }
    recorder.codec.end();
    await recorder.ended.promise;
    const { chunks } = recorder;
    const memories = new Set(chunks.map(({ buffer }) => buffer));
    expect(memories.size).toBeGreaterThan(5);
    for (const chunk of chunks) freeOwn(chunk);
    // The last one is not full.
    expect([...memories].filter(({ byteLength }) => byteLength > 0)).toHaveLength(1);
  });

  test('that is broken off passes on what was written, without an end', async () => {
    const recorder = new Recorder(choice, 'flushed');
    const written = htmlPage();
    for (let start = 0; start < written.length; start += 10_000) {
      recorder.codec.write(written.subarray(start, start + 10_000));
      if (start % 3 === 0) await turn();
    }
    await new Promise<void>((resolve) => recorder.codec.breakOff(resolve));
    expect(decompressBeginning(coding, recorder.bytes).equals(written)).toBe(true);
    expect(() => decompress(coding, recorder.bytes)).toThrow(Error);
  });

  test('that is broken off before anything was written says so at once', () => {
    const recorder = new Recorder(choice, 'flushed');
    let isBroken = false;
    recorder.codec.breakOff(() => {
      isBroken = true;
    });
    expect([isBroken, recorder.chunks]).toEqual([true, []]);
  });

  test('is not heard of any more once it is closed', async () => {
    for (const isEnding of [false, true]) {
      const recorder = new Recorder(choice, 'flushed');
      recorder.codec.write(htmlPage());
      await turn();
      const before = recorder.chunks.length;
      if (isEnding) recorder.codec.end();
      recorder.codec.close();
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(recorder.chunks).toHaveLength(before);
    }
  });
});

test('a body that ends in the turn in which it began is compressed at once', () => {
  const recorder = new Recorder({ coding: 'gzip', level: 4 }, 'flushed');
  recorder.codec.write(Buffer.from('all of '));
  recorder.codec.write(Buffer.from('it'));
  recorder.codec.end();
  expect(decompress('gzip', recorder.bytes).toString()).toBe('all of it');
});

test('a long body of a stream that ends in the turn in which it began is compressed once', async () => {
  const recorder = new Recorder({ coding: 'gzip', level: 4 }, 'flushed');
  recorder.codec.write(htmlPage(100_000));
  recorder.codec.end();
  for (let count = 0; count < 5; count++) await turn();
  expect(decompress('gzip', await recorder.ended.promise).equals(htmlPage(100_000))).toBe(true);
  expect(recorder.bytes.equals(await recorder.ended.promise)).toBe(true);
});

test('a small whole body is compressed at its end, however long that takes', async () => {
  const recorder = new Recorder({ coding: 'br', level: 4 }, 'whole');
  recorder.codec.write(Buffer.from('all of '));
  await new Promise((resolve) => setTimeout(resolve, 10));
  recorder.codec.write(Buffer.from('it'));
  recorder.codec.end();
  expect(decompress('br', recorder.bytes).toString()).toBe('all of it');
});

test('longer whole bodies are compressed one in a turn, after the other work of the first one', async () => {
  const pages = [1, 2, 3].map(() => new Recorder({ coding: 'gzip', level: 6 }, 'whole'));
  const closed = new Recorder({ coding: 'gzip', level: 6 }, 'whole');
  for (const { codec } of [closed, ...pages]) {
    codec.write(htmlPage(100_000));
    codec.end();
  }
  closed.codec.close();
  const compressed: number[] = [];
  for (let count = 0; count < 6; count++) {
    compressed.push(pages.filter(({ chunks }) => chunks.length > 0).length);
    await turn();
  }
  // The second turn has the one that was closed.
  expect(compressed).toEqual([0, 0, 0, 1, 2, 3]);
  for (const { bytes } of pages) expect(decompress('gzip', bytes).equals(htmlPage(100_000))).toBe(true);
  expect(closed.chunks).toEqual([]);
});

const crumbs = (count: number) => Array.from({ length: count }, (_, index) => Buffer.from(`<li>${index}</li>`));

test('crumbs that come together are flushed together', async () => {
  const recorder = new Recorder({ coding: 'gzip', level: 4 }, 'flushed');
  for (const crumb of crumbs(1000)) recorder.codec.write(crumb);
  await turn();
  recorder.codec.end();
  const together = await recorder.ended.promise;
  // A flush for each would take five bytes for each.
  expect(together.byteLength).toBeLessThan(3500);
  expect(decompress('gzip', together).equals(Buffer.concat(crumbs(1000)))).toBe(true);
});

test('a level that takes long is not worked at on this thread', async () => {
  const recorder = new Recorder({ coding: 'br', level: 11 }, 'whole');
  recorder.codec.write(Buffer.from('short'));
  recorder.codec.end();
  expect(recorder.chunks).toEqual([]);
  expect(decompress('br', await recorder.ended.promise).toString()).toBe('short');
});
