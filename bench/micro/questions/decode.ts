import { loadConfig } from '../../../src/main/config/load.ts';
import type { Invocation } from '../../../src/shared/protocol.ts';
import { createDecoder } from '../../../src/workers/decode.ts';
import type { AppRequest, Decoded } from '../../../src/workers/types.ts';
import { albEvent, albMultiValueEvent } from '../../emulator/events/alb.ts';
import type { ClientRequest, HeaderLine } from '../../emulator/events/client-request.ts';
import { functionUrlEvent } from '../../emulator/events/function-url.ts';
import { httpApiEvent } from '../../emulator/events/http-api.ts';
import { restEvent } from '../../emulator/events/rest.ts';
import { browserRequest } from '../client-request.ts';
import { compare, type Comparison } from '../compare.ts';
import { latticeV1Event, latticeV2Event } from '../lattice-events.ts';
import type { Question } from '../question.ts';
import { randomBytes } from '../random-bytes.ts';

/** How each service writes a request. */
const SOURCES: Readonly<Record<string, (request: ClientRequest) => object>> = {
  'function URL': functionUrlEvent,
  'HTTP API': httpApiEvent,
  'REST API': restEvent,
  ALB: albEvent,
  'ALB, lists of values': albMultiValueEvent,
  'VPC Lattice 1': latticeV1Event,
  'VPC Lattice 2': latticeV2Event,
};

const MANY_HEADERS = Array.from({ length: 50 }, (_, index): HeaderLine => [
  `X-Custom-Header-${index}`,
  `value ${index} of a header that some proxy has added`,
]);
const UPLOAD = randomBytes(64 * 1024);
const QUEUE_EVENT = {
  Records: Array.from({ length: 10 }, (_, index) => ({
    messageId: `059f36b4-87a3-44ab-83d2-66197577981${index}`,
    body: JSON.stringify({ order: index, items: ['a', 'b', 'c'] }),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1545082649183' },
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-2:123456789012:my-queue',
  })),
};

const decoder = createDecoder(loadConfig({ AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' }).config);

export const decode: Question = {
  name: 'decode',
  summary: 'what it takes to make the request to the app of an event, by the source of the event',
  async *measure(budgetMs) {
    yield await compare(perSource('GET of a browser', browserRequest()), budgetMs);
    yield await compare(perSource('the same with 50 more headers', browserRequest(MANY_HEADERS)), budgetMs);
    const upload = browserRequest([['Content-Type', 'image/png']], UPLOAD);
    yield await compare(perSource('upload of 64 KB, as base64', upload), budgetMs);
    yield await compare(passThrough(), budgetMs);
  },
};

/** All sources have to make the same request, but for the context that each of them adds. */
function perSource(title: string, request: ClientRequest): Comparison<Decoded> {
  const variants = Object.entries(SOURCES).map(([name, eventOf]) => [name, decoding(eventOf(request))] as const);
  return { title, variants: Object.fromEntries(variants), meaning: ({ request: made }) => withoutContext(made) };
}

function withoutContext({ method, target, headers, body }: AppRequest) {
  const lines = headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1]]] : []));
  const fields = Object.fromEntries(lines);

  return { method, target, headers: { ...fields, 'x-amzn-request-context': '' }, body: body && Buffer.from(body) };
}

function passThrough(): Comparison<Decoded> {
  return {
    title: 'an event that is no request',
    variants: { '10 messages of a queue': decoding(QUEUE_EVENT) },
    meaning: ({ request: { body } }) => body && Buffer.from(body),
    expected: Buffer.from(JSON.stringify(QUEUE_EVENT)),
  };
}

function decoding(event: object): () => Decoded {
  const invocation: Invocation = {
    requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
    deadlineMs: 1_767_268_803_000,
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:bench',
    traceId: 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1',
    clientContext: null,
    cognitoIdentity: null,
    tenantId: null,
    event: [partOfMemory(JSON.stringify(event))],
  };
  return () => decoder(invocation);
}

/** The decoder frees a large event that fills its memory; this one is decoded many times. */
function partOfMemory(text: string): Buffer {
  return Buffer.from(`${text} `).subarray(0, -1);
}
