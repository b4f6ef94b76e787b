import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Batch } from '../../src/shared/batch/batch.ts';
import type { Config } from '../../src/shared/config.ts';
import type { FromWorker, ToWorker } from '../../src/shared/protocol.ts';
import serve from '../../src/workers/serve.ts';
import { batchToWorker, messagesFromWorker } from '../helpers/batches.ts';
import { testConfig } from '../helpers/config.ts';
import { response, ScriptedApp } from './scripted-app.ts';

let app: ScriptedApp;
let port: MessagePort;
let served: Promise<void>;
let received: FromWorker[];
let batches: number;

beforeEach(async () => {
  app = await ScriptedApp.start();
});

afterEach(async () => {
  port.close();
  await app.stop();
});

function start(config: Partial<Config>): void {
  const channel = new MessageChannel();
  port = channel.port1;
  received = [];
  batches = 0;
  port.on('message', (batch: Batch) => {
    batches++;
    received.push(...messagesFromWorker(batch));
  });
  served = serve({ port: channel.port2, config: testConfig({ app: app.address, ...config }) });
}

function send(messages: readonly ToWorker[]): void {
  const { batch, transfer } = batchToWorker(messages);
  port.postMessage(batch, transfer);
}

function restEvent(path: string): string {
  return JSON.stringify({
    httpMethod: 'GET',
    path,
    resource: '/{proxy+}',
    headers: { Host: 'app.example' },
    requestContext: { httpMethod: 'GET', stage: 'test', resourcePath: '/{proxy+}', apiId: 'a' },
  });
}

function invoke(id: number, event = restEvent(`/${id}`)): ToWorker {
  return {
    kind: 'invoke',
    id,
    invocation: {
      requestId: `request-${id}`,
      deadlineMs: 0,
      functionArn: null,
      traceId: null,
      clientContext: null,
      cognitoIdentity: null,
      tenantId: null,
      event: [Buffer.from(event)],
    },
  };
}

test('a batch of invocations is answered, bytes and all', async () => {
  start({});
  const ids = Array.from({ length: 20 }, (_, index) => index + 1);
  app.script = (request, socket) => socket.write(response(`${request.split(' ')[1]} ${'é'.repeat(20_000)}`));
  send(ids.map((id) => invoke(id)));
  await expect.poll(() => received.length).toBe(ids.length);
  for (const message of received) {
    const { body } = JSON.parse(Buffer.from(message.kind === 'response' ? message.body : []).toString());
    expect(body).toBe(`/${message.id} ${'é'.repeat(20_000)}`);
  }
});

test('answers of one turn travel in one message', async () => {
  start({});
  const invalid = Array.from({ length: 20 }, (_, index) => invoke(index + 1, 'not JSON'));
  send(invalid);
  await expect.poll(() => received.map(({ kind }) => kind)).toEqual(invalid.map(() => 'failure'));
  expect(batches).toBe(1);
});

test('a long stream comes through the channel unchanged, whatever the size of its pieces', async () => {
  start({ invokeMode: 'response_stream' });
  const pieces = Array.from({ length: 400 }, (_, index) => Buffer.alloc(1 + ((index * 7919) % 20_000), `${index},`));
  app.script = (_request, socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    for (const piece of pieces) {
      socket.write(`${piece.byteLength.toString(16)}\r\n`);
      socket.write(piece);
      socket.write('\r\n');
    }
    socket.write('0\r\n\r\n');
  };
  port.on('message', (batch: Batch) => {
    for (const message of messagesFromWorker(batch)) {
      if (message.kind !== 'stream-chunk') continue;
      const credit: ToWorker = { kind: 'credit', id: message.id, bytes: message.chunk.byteLength };
      setTimeout(() => send([credit]), 1);
    }
  });
  send([invoke(1)]);
  await expect.poll(() => received.at(-1), { timeout: 5000 }).toEqual({ kind: 'stream-end', id: 1, failure: null });
  const chunks = received.flatMap((message) => (message.kind === 'stream-chunk' ? [message.chunk] : []));
  expect(Buffer.concat(chunks).equals(Buffer.concat(pieces))).toBe(true);
});

test('a large body of known length comes through the channel unchanged', async () => {
  start({ invokeMode: 'response_stream' });
  const body = Buffer.from(Array.from({ length: 250_000 }, (_, index) => `${index};`).join(''));
  app.script = (_request, socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.byteLength}\r\n\r\n`);
    socket.write(body);
  };
  port.on('message', (batch: Batch) => {
    for (const message of messagesFromWorker(batch)) {
      if (message.kind !== 'stream-chunk') continue;
      send([{ kind: 'credit', id: message.id, bytes: message.chunk.byteLength } satisfies ToWorker]);
    }
  });
  send([invoke(1)]);
  await expect.poll(() => received.at(-1), { timeout: 5000 }).toEqual({ kind: 'stream-end', id: 1, failure: null });
  const chunks = received.flatMap((message) => (message.kind === 'stream-chunk' ? [message.chunk] : []));
  expect(Buffer.concat(chunks).equals(body)).toBe(true);
});

test('the task ends after close, when the last answer is out', async () => {
  start({});
  app.script = (_request, socket) => setTimeout(() => socket.write(response('late')), 30);
  send([invoke(1), { kind: 'close' } satisfies ToWorker]);
  await served;
  await expect.poll(() => received.map(({ kind }) => kind)).toEqual(['response']);
});

test('the task ends when the other side is gone', async () => {
  start({});
  port.close();
  await served;
});
