import type { Socket } from 'node:net';
import * as fc from 'fast-check';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { BodyDelivery } from '../../src/workers/upstream/exchange.ts';
import { Upstreams } from '../../src/workers/upstream/upstream.ts';
import { callApp } from '../helpers/app-calls.ts';
import { testConfig } from '../helpers/config.ts';
import { ScriptedApp } from './scripted-app.ts';

const KIB = 1024;

let app: ScriptedApp;
let upstreams: Upstreams;

beforeEach(async () => {
  app = await ScriptedApp.start();
  upstreams = new Upstreams(testConfig({ app: app.address }));
  onTestFinished(() => {
    upstreams.close();
    return app.stop();
  });
});

/** Asks for a body of so many bytes, each of them the same. */
const bodyOf = (length: number, character: string) =>
  callApp(upstreams, { target: `/${length}/${character}` }, 'whole');

function answerAsAsked(request: string): string {
  const [, length, character = ''] = /^GET \/(\d+)\/(.)/.exec(request) ?? [];
  return `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n${character.repeat(Number(length))}`;
}

test('a body that is delivered whole and does not fit into one small read is nobody else’s memory, also after a long one on the same connection', async () => {
  app.script = (request, socket) => socket.write(answerAsAsked(request));
  for (const length of [129 * KIB, 200 * KIB, 250_000, 256 * KIB, 1024 * KIB]) {
    await bodyOf(2048 * KIB, 'a');
    const { delivered } = await bodyOf(length, 'b');
    await bodyOf(length, 'c');
    await bodyOf(length - 1000, 'd');
    expect(delivered.map((piece) => piece.equals(Buffer.alloc(length, 'b')))).toEqual([true]);
  }
  expect(app.connections).toBe(1);
});

test('a length that no answer has gets no memory, also where the body is to be whole', async () => {
  app.script = (_request, socket) => socket.end('HTTP/1.1 205 Reset\r\ncontent-length: 999999999999999\r\n\r\nabc');
  await expect(callApp(upstreams, {}, 'whole')).rejects.toThrow('Function.AppConnectionReset');
});

/** Bytes of which no two bodies have the same at the same place. */
function contentOf(seed: number, length: number): Buffer {
  const content = Buffer.alloc(length);
  for (let index = 0; index < length; index++) content[index] = (index * 31 + (index >> 8) * 17 + seed * 101) & 0xff;
  return content;
}

interface Wanted {
  readonly length: number;
  readonly delivery: BodyDelivery;
  readonly framing: 'length' | 'chunked';
  readonly cuts: readonly number[];
}

const HEAD_BYTES = 'HTTP/1.1 200 OK\r\ncontent-length: 65536\r\n\r\n'.length;
const wanted: fc.Arbitrary<Wanted> = fc.record({
  length: fc.oneof(
    fc.constantFrom(0, 1, 64 * KIB, 128 * KIB - HEAD_BYTES, 128 * KIB - 1, 128 * KIB, 128 * KIB + 1, 300 * KIB),
    fc.integer({ min: 0, max: 200 * KIB }),
  ),
  delivery: fc.constantFrom<BodyDelivery>('whole', 'whole', 'pieces'),
  framing: fc.constantFrom('length', 'length', 'chunked'),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
});

function framed(content: Buffer, framing: Wanted['framing']): Buffer {
  const head =
    framing === 'length'
      ? `content-length: ${content.length}`
      : `transfer-encoding: chunked\r\n\r\n${content.length.toString(16)}`;
  const start = Buffer.from(`HTTP/1.1 200 OK\r\n${head}\r\n${framing === 'length' ? '\r\n' : ''}`);
  const end = framing === 'length' ? '' : content.length === 0 ? '\r\n' : '\r\n0\r\n\r\n';
  return Buffer.concat([start, content, Buffer.from(end)]);
}

async function writeInPieces(socket: Socket, bytes: Buffer, cuts: readonly number[]): Promise<void> {
  const positions = [...cuts.map((cut) => Math.floor(cut * bytes.length)), bytes.length].toSorted((a, b) => a - b);
  let start = 0;
  for (const end of positions) {
    socket.write(bytes.subarray(start, end));
    start = end;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

test('many connections that read into the same memory at once get each their own body, again and again', async () => {
  let plan: readonly Wanted[] = [];
  app.script = (request, socket) => {
    const index = Number(/^GET \/(\d+)/.exec(request)?.[1]);
    const { length = 0, framing = 'length', cuts = [] } = plan[index] ?? {};
    void writeInPieces(socket, framed(contentOf(index, length), framing), cuts);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(wanted, { minLength: 8, maxLength: 24 }), async (wishes) => {
      plan = wishes;
      const responses = await Promise.all(
        wishes.map(({ delivery }, index) => callApp(upstreams, { target: `/${index}` }, delivery)),
      );
      const right = responses.map(({ body }, index) => body.equals(contentOf(index, wishes[index]?.length ?? 0)));
      expect(right).toEqual(wishes.map(() => true));
      const whole = responses.filter(
        (_response, index) => wishes[index]?.delivery === 'whole' && wishes[index].framing === 'length',
      );
      expect(whole.every(({ delivered }) => delivered.length <= 1)).toBe(true);
    }),
    { numRuns: 25 },
  );
});
