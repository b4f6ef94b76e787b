import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
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

describe('a body that is delivered whole', () => {
  test('and does not fit into one small read is nobody else’s memory, also after a long one on the same connection', async () => {
    app.script = (request, socket) => socket.write(answerAsAsked(request));
    for (const length of [65 * KIB, 200 * KIB, 250_000, 256 * KIB, 1024 * KIB]) {
      await bodyOf(2048 * KIB, 'a');
      const { delivered } = await bodyOf(length, 'b');
      await bodyOf(length, 'c');
      await bodyOf(length - 1000, 'd');
      expect(delivered.map((piece) => piece.equals(Buffer.alloc(length, 'b')))).toEqual([true]);
    }
    expect(app.connections).toBe(1);
  });

  test('gets no memory for a length that no answer has: it comes in pieces', async () => {
    app.script = (_request, socket) => socket.end('HTTP/1.1 205 Reset\r\ncontent-length: 999999999999999\r\n\r\nabc');
    await expect(callApp(upstreams, {}, 'whole')).rejects.toThrow('Function.AppConnectionReset');
  });
});
