import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InvokeOutcome } from '../../bench/emulator/types.ts';
import { launchAdapter, type AdapterOptions, type RunningAdapter } from '../helpers/adapter.ts';
import { httpEvents, queueEvent, type HttpSource } from '../helpers/events.ts';
import { rebuild, rebuildStream, rebuiltFrom, type HeaderLine, type RebuiltAnswer } from '../helpers/rebuilt-answer.ts';
import type { AppConnection } from '../helpers/scripted-app.ts';
import { answerOf, failureOf } from '../helpers/outcomes.ts';
import { ANSWER_IMPROVEMENTS, expectedResultOf, type AnswerObject, type ExpectedResult } from './expected-answer.ts';
import { readResponseFixtures, RESPONSE_FIXTURES, type ResponseFixture } from './fixtures.ts';

const fixtures = readResponseFixtures();

test('every recorded response is there', () => {
  expect(fixtures).toHaveLength(RESPONSE_FIXTURES);
});

test('every exception is about a recorded response, and makes a difference', () => {
  const ids = new Map(fixtures);
  for (const { reason, ids: named } of ANSWER_IMPROVEMENTS) {
    for (const id of named) {
      const fixture = ids.get(id);
      expect(fixture, `${id} (${reason})`).toBeDefined();
      if (fixture === undefined) continue;
      expect(expectedResultOf(id, fixture), `${id} (${reason})`).not.toEqual(expectedResultOf('', fixture));
    }
  }
});

/** What a source of the recordings stands for. */
const SOURCES: Record<ResponseFixture['source'], readonly (HttpSource | 'event')[]> = {
  'api-gateway-v1': ['rest', 'http-api-v1'],
  'api-gateway-v2': ['http-api', 'function-url'],
  alb: ['alb', 'alb-multi-value'],
  'pass-through': ['event'],
};

const environments = Map.groupBy(fixtures, ([, { env = {} }]) => JSON.stringify(env));

const MODES: Record<string, AdapterOptions> = {
  'on the coordinator thread': {},
  'on a worker thread': { emulator: { mode: 'managed-instances', concurrencyVisibleToExtensions: true } },
};

describe.each(Object.entries(MODES))('%s', (_mode, options) => {
  describe.each([...environments])('with %s', (variables, group) => {
    let adapter: RunningAdapter;

    beforeAll(async () => {
      const env: Record<string, string> = JSON.parse(variables);
      adapter = await launchAdapter({ ...options, env });
      const byRequest = new Map(group);
      adapter.app.script = ({ requestId }, connection) => {
        const fixture = byRequest.get(requestId?.replace(/ via .*/, '') ?? '');
        if (fixture === undefined) throw new Error(`no answer for ${requestId}`);
        sendAnswer(connection, fixture.app);
      };
      return () => adapter.stop();
    });

    const cases = group.flatMap(([id, fixture]) =>
      SOURCES[fixture.source].map((source) => [id, source, fixture] as const),
    );

    test.concurrent.each(cases)('%s (%s)', async (id, source, fixture) => {
      const headers = fixture.requestHeaders ?? {};
      const event = source === 'event' ? queueEvent('x') : httpEvents[source]({ headers });
      const outcome = await adapter.invoke(event, { requestId: `${id} via ${source}` });
      check(source, outcome, fixture, expectedResultOf(id, fixture, source));
    });
  });
});

function sendAnswer(connection: AppConnection, app: ResponseFixture['app']): void {
  const lines = app.headers.map(([name, value]): [string, string | Buffer] => [name, bytesOf(value)]);
  if (app.contentLengthHeader !== undefined) lines.push(['content-length', String(app.contentLengthHeader)]);
  const body = Buffer.from(app.bodyBase64, 'base64');
  if (app.chunked !== true) return connection.answer({ status: app.status, headers: lines, body });
  connection.answer({ status: app.status, headers: [...lines, ['transfer-encoding', 'chunked']] });
  connection.chunk(body);
  connection.chunk('');
}

function bytesOf(value: string | { readonly base64: string }): string | Buffer {
  return typeof value === 'string' ? value : Buffer.from(value.base64, 'base64');
}

function check(
  source: HttpSource | 'event',
  outcome: InvokeOutcome,
  fixture: ResponseFixture,
  expected: ExpectedResult,
) {
  switch (expected.kind) {
    case 'failure':
      expect(failureOf(outcome)).toEqual({ errorType: expected.errorType, errorMessage: expected.errorMessage });
      return;
    case 'event':
      expect(outcome).toMatchObject({ kind: 'response', streamed: false });
      expect(outcome.kind === 'response' && outcome.body.toString('utf8')).toBe(expected.text);
      return;
    case 'stream': {
      const { prelude, ...rebuilt } = rebuildStream(outcome);
      expect(prelude).toEqual(expected.prelude);
      expect(rebuilt).toEqual(sentBy(fixture));
      return;
    }
    case 'answer': {
      if (source === 'event') throw new Error('an event has no such answer');
      const answer = answerOf(outcome);
      expect(withPlainBody(answer, fixture)).toEqual(withPlainBody(expected.answer, fixture));
      expect(plainForm(rebuild(source, answer), fixture)).toEqual(plainForm(sentBy(fixture), fixture));
    }
  }
}

/** What the app sent, as far as it was meant for the client. */
function sentBy({ app }: ResponseFixture): RebuiltAnswer {
  const lines = app.headers
    .filter(([name]) => name !== 'connection')
    .map(([name, value]): HeaderLine => {
      return [name, typeof value === 'string' ? value : Buffer.from(value.base64, 'base64').toString('latin1')];
    });
  if (app.contentLengthHeader !== undefined) lines.push(['content-length', String(app.contentLengthHeader)]);
  return rebuiltFrom(app.status, lines, Buffer.from(app.bodyBase64, 'base64'));
}

/** Compressors differ in the bytes that they make, so a body that we compressed is compared in its plain form. */
function withPlainBody(answer: AnswerObject, { app }: ResponseFixture): AnswerObject {
  const coding = asLists(answer['multiValueHeaders'])['content-encoding']?.[0];
  const isOurs = coding !== undefined && !app.headers.some(([name]) => name === 'content-encoding');
  return isOurs ? { ...answer, body: app.bodyBase64 } : answer;
}

/** A response without what compression may have done to it. */
function plainForm({ status, headers, cookies, body }: RebuiltAnswer, { app, env }: ResponseFixture): RebuiltAnswer {
  if (env?.['AWS_LWA_ENABLE_COMPRESSION'] === undefined) return { status, headers, cookies, body };
  expect(app.headers.map(([name]) => name)).not.toContain('content-encoding');
  const {
    'content-encoding': coding = 'identity',
    'content-length': _length,
    'accept-ranges': _ranges,
    vary: _vary,
    etag,
    ...others
  } = headers;
  return {
    status,
    headers: { ...others, ...(etag !== undefined && { etag: etag.replace(/^W\//, '') }) },
    cookies,
    body: decompress(coding, body),
  };
}

function decompress(coding: string, body: Buffer): Buffer {
  switch (coding) {
    case 'gzip':
      return gunzipSync(body);
    case 'br':
      return brotliDecompressSync(body);
    case 'zstd':
      return zstdDecompressSync(body);
    default:
      return body;
  }
}

function asLists(value: unknown): Record<string, readonly string[] | undefined> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
