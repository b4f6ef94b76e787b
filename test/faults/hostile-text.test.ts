import { assert, asyncProperty, constantFrom, string } from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { launchAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { httpEvents, HTTP_SOURCES, request, type HttpSource } from '../helpers/events.ts';
import { amongNeighbours } from '../helpers/neighbours.ts';
import { valuesOf, type ReceivedRequest } from '../helpers/received-request.ts';
import { answerOf } from '../helpers/outcomes.ts';

let adapter: RunningAdapter;

beforeAll(async () => {
  adapter = await launchAdapter(CROWDED);
  return () => adapter.stop();
});

/** The one request that the app gets for an event; that it is HTTP is checked by the app. */
async function sent(event: unknown): Promise<ReceivedRequest> {
  const outcome = await adapter.invoke(event);
  expect(answerOf(outcome)).toMatchObject({ statusCode: 200 });
  return adapter.app.requestOf(outcome.requestId);
}

const HOSTILE_PATH = '/a b"<>`{}\\^|[]~\'é😀\ud800\r\n\t\0\x7f?x#y';
const ESCAPED_PATH = "/a%20b%22%3C%3E%60%7B%7D%5C^|[]~'%C3%A9%F0%9F%98%80%EF%BF%BD%0D%0A%09%00%7F%3Fx%23y";

describe('text that a request line cannot hold is escaped', () => {
  test.each(HTTP_SOURCES)('in the path of %s', async (source) => {
    await amongNeighbours(adapter, 32, async () => {
      expect((await sent(httpEvents[source]({ path: HOSTILE_PATH }))).target).toBe(ESCAPED_PATH);
    });
  });

  test('in a query that comes as it stood in the URL', async () => {
    const query = `q=a b"<>é\ud800\r\n\0#x&y=%zz%41'+&&=`;
    await amongNeighbours(adapter, 32, async () => {
      for (const source of ['function-url', 'http-api'] as const) {
        const { target } = await sent(httpEvents[source]({ path: '/', query }));
        expect(target).toBe("/?q=a%20b%22%3C%3E%C3%A9%EF%BF%BD%0D%0A%00%23x&y=%zz%41'+&&=");
      }
    });
  });

  test.each([
    ['rest', 'a+b=c+d%26e%3D%C3%A9%22%0D%0A%23'],
    ['http-api-v1', 'a+b=c+d%26e%3D%C3%A9%22%0D%0A%23'],
    ['alb', 'a%20b=c%20d&e=%C3%A9%22%0D%0A%23'],
    ['vpc-lattice-v1', 'a%20b=c%20d&e=%C3%A9%22%0D%0A%23'],
    ['vpc-lattice-v2', 'a%20b=c%20d&e=%C3%A9%22%0D%0A%23'],
  ] as const)('in the parameters of %s', async (source, query) => {
    const parameters = { 'a b': 'c d&e=é"\r\n#' };
    const event = {
      ...httpEvents[source]({ path: '/' }),
      multiValueQueryStringParameters: null,
      queryStringParameters: parameters,
      query_string_parameters: parameters,
    };
    await amongNeighbours(adapter, 32, async () => {
      expect((await sent(event)).target).toBe(`/?${query}`);
    });
  });

  test('and a bare percent sign is, where the source has decoded the path', async () => {
    const paths: readonly (readonly [HttpSource, string])[] = [
      ['http-api', '/100%25/%41%25zz'],
      ['http-api-v1', '/100%25/%41%25zz'],
      ['function-url', '/100%/%41%zz'],
      ['rest', '/100%/%41%zz'],
      ['alb', '/100%/%41%zz'],
    ];
    await amongNeighbours(adapter, 32, async () => {
      for (const [source, target] of paths) {
        expect((await sent(httpEvents[source]({ path: '/100%/%41%zz' }))).target).toBe(target);
      }
    });
  });
});

test('dots, doubled slashes and escapes in a path reach the app as the front door saw them', async () => {
  await amongNeighbours(adapter, 32, async () => {
    for (const path of ['/a/../b/./c', '/%2e%2e/%2E/x', '//a//b/', '/a%2Fb%252F', '/..\u2216..']) {
      const { target } = await sent(request(path));
      expect(target).toBe(path.replace('\u2216', '%E2%88%96'));
    }
  });
});

test('an address longer than 64 KiB arrives whole', async () => {
  await amongNeighbours(adapter, 32, async () => {
    const path = `/${'p'.repeat(70_000)}`;
    const query = `q=${'é'.repeat(100_000)}`;
    expect((await sent(request(path, { query }))).target).toBe(`${path}?q=${'%C3%A9'.repeat(100_000)}`);
  });
});

describe('header values', () => {
  test('cannot begin a line of their own, and text beyond ASCII goes as UTF-8', async () => {
    const values: readonly (readonly [string, string])[] = [
      ['a\r\nx-injected: 1\r\n\r\nGET /smuggled HTTP/1.1', 'a  x-injected: 1    GET /smuggled HTTP/1.1'],
      ['a\nb\rc\0d\x7fe\x01f', 'a b c d e f'],
      ['tab\tstays', 'tab\tstays'],
      ['señor 日本 😀', Buffer.from('señor 日本 😀').toString('latin1')],
      ['half \ud800', Buffer.from('half \ufffd').toString('latin1')],
      ['c1 \u0085 nbsp \u00a0', Buffer.from('c1 \u0085 nbsp \u00a0').toString('latin1')],
      ['', ''],
    ];
    await amongNeighbours(adapter, 32, async () => {
      for (const source of HTTP_SOURCES) {
        for (const [value, expected] of values) {
          const received = await sent(httpEvents[source]({ headers: { 'x-value': value } }));
          expect(valuesOf(received, 'x-value')).toEqual([expected]);
          expect(valuesOf(received, 'x-injected')).toEqual([]);
        }
      }
    });
  });

  test('may be very long, and very many', async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`x-${index}`, `value ${index}`]));
    await amongNeighbours(adapter, 32, async () => {
      const received = await sent(request('/', { headers: { ...many, 'x-long': 'x'.repeat(1_000_000) } }));
      expect(valuesOf(received, 'x-long').join().length).toBe(1_000_000);
      expect(valuesOf(received, 'x-999')).toEqual(['value 999']);
    });
  });
});

test('header names that are none are left out, and those of object members are names like others', async () => {
  const bad = ['a b', 'a:b', 'a\r\nb', '', 'é', '\u212Aeep-alive', 'a\0', '(x)', 'x"', ':authority'];
  const event = JSON.stringify(request('/', { headers: Object.fromEntries(bad.map((name) => [name, 'bad'])) })).replace(
    '"headers":{',
    '"headers":{"__proto__":"p","constructor":"c","hasOwnProperty":"h",',
  );
  await amongNeighbours(adapter, 32, async () => {
    const received = await sent(event);
    expect(received.headers.filter(([, value]) => value === 'bad')).toEqual([]);
    expect(valuesOf(received, '__proto__')).toEqual(['p']);
    expect(valuesOf(received, 'constructor')).toEqual(['c']);
    expect(valuesOf(received, 'hasownproperty')).toEqual(['h']);
  });
});

describe('a host', () => {
  test.each([
    'evil.example.com, other',
    'evil.example.com\r\nx: y',
    '<host>',
    'a b',
    '',
    'user@evil.example.com',
    'http://evil',
    '[::1',
    'h:99999999',
  ])('such as %j never decides which app is asked', async (host) => {
    await amongNeighbours(adapter, 32, async () => {
      const received = await sent(request('/', { headers: { host } }));
      expect(valuesOf(received, 'host')).toHaveLength(1);
      expect(valuesOf(received, 'host').join()).toMatch(/^[\w.:-]+$/);
    });
  });
});

test('whatever text there is, the app gets one well-formed request that says the same', async () => {
  const text = string({ unit: 'binary', maxLength: 40 });
  const source = constantFrom(...HTTP_SOURCES);
  const run = asyncProperty(source, text, text, text, text, async (from, path, name, value, body) => {
    const headers = { [name]: value, 'x-value': value };
    const received = await sent(httpEvents[from]({ method: 'POST', path: `/${path}`, headers, body }));
    expect(received.body.toString('utf8')).toBe(body.toWellFormed());
    const isDecodedOnce = from === 'http-api' || from === 'http-api-v1';
    if (isDecodedOnce || !path.includes('%')) {
      const given = `/${path}`.toWellFormed();
      if (!/%[0-9a-f]{2}/i.test(path)) expect(decodeURIComponent(received.target)).toBe(given);
    }
  });
  await amongNeighbours(adapter, 32, () => assert(run, { numRuns: 500, seed: 1 }));
});
