import { beforeAll, describe, expect, test } from 'vitest';
import { launchAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { request } from '../helpers/events.ts';
import { amongNeighbours } from '../helpers/neighbours.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { answerOf, echoed, failureOf } from '../helpers/outcomes.ts';

let adapter: RunningAdapter;

beforeAll(async () => {
  adapter = await launchAdapter(CROWDED);
  return () => adapter.stop();
});

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

const NOT_AN_EVENT: Readonly<Record<string, readonly [event: Buffer, says: RegExp]>> = {
  'nothing at all': [utf8(''), /it is empty/],
  'white space': [utf8(' \r\n\t'), /it is empty/],
  'a byte order mark alone': [Buffer.from([0xef, 0xbb, 0xbf]), /it is empty/],
  text: [utf8('hello'), /not one JSON value/],
  'half an object': [utf8(JSON.stringify(request('/')).slice(0, -1)), /not one JSON value/],
  'two objects': [utf8('{}{}'), /not one JSON value/],
  'JSON with a comment': [utf8('{} // no'), /not one JSON value/],
  'a number that JSON does not have': [utf8('[NaN]'), /not one JSON value/],
  'UTF-16 with its mark': [Buffer.from('\ufeff{}', 'utf16le'), /not valid UTF-8/],
  'bytes that are not UTF-8': [Buffer.from([0x22, 0xff, 0xfe, 0x22]), /not valid UTF-8/],
  'a half of an encoded character': [Buffer.from([0x22, 0xc3, 0x22]), /not valid UTF-8/],
  'a very deep list that does not end': [utf8('['.repeat(1_000_000)), /not one JSON value/],
};

describe('an invocation with an event that is no JSON fails alone:', () => {
  test.each(Object.entries(NOT_AN_EVENT))('%s', async (_name, [event, says]) => {
    await amongNeighbours(adapter, 32, async () => {
      const failure = failureOf(await adapter.invoke(event));
      expect(failure.errorType).toBe('Function.InvalidEvent');
      expect(failure.errorMessage).toMatch(says);
    });
  });
});

describe('an event is understood', () => {
  test('with a byte order mark in front of it', async () => {
    await amongNeighbours(adapter, 32, async () => {
      const event = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8(JSON.stringify(request('/bom')))]);
      expect(echoed(await adapter.invoke(event)).target).toBe('/bom');
    });
  });

  test.each(['null', '0', '"text"', '[]', '{}', 'true', ' {"a":1}\n'])(
    'when it is just %j, as what it is',
    async (event) => {
      await amongNeighbours(adapter, 32, async () => {
        const outcome = await adapter.invoke(event);
        const received = adapter.app.requestOf(outcome.requestId);
        expect([received.method, received.target, received.body.toString('utf8')]).toEqual([
          'POST',
          '/events',
          event.trim(),
        ]);
      });
    },
  );

  test('when it is as large as the platform allows', async () => {
    adapter.app.route('/large', (_request, connection) => connection.answer({ status: 204 }));
    await amongNeighbours(adapter, 32, async () => {
      const body = 'x'.repeat(6 * 1024 * 1024 - 2000);
      const outcome = await adapter.invoke(request('/large', { method: 'POST', body }));
      expect(answerOf(outcome)).toMatchObject({ statusCode: 204 });
      expect(adapter.app.requestOf(outcome.requestId).body.equals(Buffer.from(body))).toBe(true);
    });
  });

  test('when its context is nested so deeply that some engines cannot write it again', async () => {
    await amongNeighbours(adapter, 32, async () => {
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      const event = JSON.stringify(request('/deep')).replace('"request-1"', deep);
      expect(event).toContain('[[[');
      const outcome = await adapter.invoke(event);
      expect(echoed(outcome).target).toBe('/deep');
    });
  });
});
