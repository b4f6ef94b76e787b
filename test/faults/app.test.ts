import { beforeAll, describe, expect, test } from 'vitest';
import { launchAdapter, startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { queueEvent, request } from '../helpers/events.ts';
import { amongNeighbours } from '../helpers/neighbours.ts';
import { rebuildOutcome } from '../helpers/rebuilt-answer.ts';
import type { Script } from '../helpers/scripted-app.ts';
import { answerOf, echoed, failureOf, textAnswer } from '../helpers/outcomes.ts';

let adapter: RunningAdapter;

beforeAll(async () => {
  adapter = await launchAdapter(CROWDED);
  return () => adapter.stop();
});

const TEXT = [['content-type', 'text/plain']] as const;

/** A script that writes these bytes, whatever they are, and closes. */
function bytes(text: string | Buffer): Script {
  return (_request, connection) => {
    connection.write(text);
    connection.end();
  };
}

describe('an app that breaks the connection fails the invocation alone, and the next one works:', () => {
  const scripts: Readonly<Record<string, readonly [script: Script, says: string]>> = {
    'with a reset instead of an answer': [(_request, connection) => connection.reset(), 'without a response'],
    'with a close instead of an answer': [(_request, connection) => connection.end(), 'without a response'],
    'in the middle of the head': [bytes('HTTP/1.1 200 OK\r\ncontent-'), 'closed the connection'],
    'in the middle of a body of known length': [
      bytes('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nten bytes.'),
      'in the middle of its response',
    ],
    'in the middle of a chunked body': [
      bytes('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n'),
      'in the middle of its response',
    ],
    'with a reset in the middle of a body': [
      (_request, connection) => {
        connection.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nten bytes.');
        setTimeout(() => connection.reset(), 20);
      },
      'in the middle of its response',
    ],
  };

  test.each(Object.entries(scripts))('%s', async (_name, [script, says]) => {
    adapter.app.route('/broken', script);
    await amongNeighbours(adapter, 32, async () => {
      for (const event of [request('/broken'), request('/broken', { method: 'POST', body: 'x' })]) {
        const failure = failureOf(await adapter.invoke(event));
        expect(failure.errorType).toBe('Function.AppConnectionReset');
        expect(failure.errorMessage).toContain(says);
        expect(failure.errorMessage).toContain(`127.0.0.1:${adapter.app.port}`);
      }
      expect(echoed(await adapter.invoke(request('/fine'))).target).toBe('/fine');
    });
  });
});

/** Answers the first request of a connection and resets it at the second. */
const onceOnly: Script = (_request, connection) => {
  if (connection.served > 1) connection.reset();
  else connection.answer({ headers: TEXT, body: 'answered' });
};

describe('an app that closes an idle connection just when it is used again', () => {
  test('is asked once more on a new connection, if asking twice does no harm', async () => {
    const quiet = await startAdapter();
    quiet.app.script = onceOnly;
    for (let count = 0; count < 4; count++) expect(textAnswer(await quiet.invoke(request('/')))).toBe('answered');
    expect(quiet.app.requests).toHaveLength(7);
  });

  test('gets the whole body once more too', async () => {
    const quiet = await startAdapter();
    quiet.app.script = onceOnly;
    const body = `${'0123456789'.repeat(10_000)}, the end`;
    const put = request('/', { method: 'PUT', body });
    for (let count = 0; count < 2; count++) expect(textAnswer(await quiet.invoke(put))).toBe('answered');
    expect(quiet.app.requests).toHaveLength(3);
    for (const received of quiet.app.requests) expect(received.body.toString() === body).toBe(true);
  });

  test('is asked on a connection that is new, however many idle ones there are', async () => {
    const crowd = await startAdapter({ ...CROWDED, env: { AWS_LWA_WORKERS: '1' } });
    await amongNeighbours(crowd, 8, async () => {});
    expect(crowd.app.connections).toBe(8);
    crowd.app.script = onceOnly;
    expect(textAnswer(await crowd.invoke(request('/')))).toBe('answered');
    expect(crowd.app.requests.filter(({ target }) => target === '/')).toHaveLength(2);
  });

  test('is not asked again once it has begun to answer', async () => {
    const quiet = await startAdapter();
    quiet.app.script = (_request, connection) => {
      if (connection.served === 1) return connection.answer({ headers: TEXT, body: 'answered' });
      connection.write('HTTP/1.1 200 O');
      setTimeout(() => connection.reset(), 20);
    };
    expect(textAnswer(await quiet.invoke(request('/')))).toBe('answered');
    expect(failureOf(await quiet.invoke(request('/'))).errorType).toBe('Function.AppConnectionReset');
    expect(quiet.app.requests).toHaveLength(2);
  });

  test('is asked once more and no third time', async () => {
    const quiet = await startAdapter();
    let isFirst = true;
    quiet.app.script = (_request, connection) => {
      if (isFirst) connection.answer({ headers: TEXT, body: 'answered' });
      else connection.reset();
      isFirst = false;
    };
    expect(textAnswer(await quiet.invoke(request('/')))).toBe('answered');
    expect(failureOf(await quiet.invoke(request('/'))).errorType).toBe('Function.AppConnectionReset');
    expect(quiet.app.requests).toHaveLength(3);
  });

  test('is not asked again for what may have been done, and the message says what to set', async () => {
    const quiet = await startAdapter();
    quiet.app.script = onceOnly;
    const post = request('/', { method: 'POST', body: 'order' });
    expect(textAnswer(await quiet.invoke(post))).toBe('answered');
    const failure = failureOf(await quiet.invoke(post));
    expect(failure.errorType).toBe('Function.AppConnectionReset');
    expect(failure.errorMessage).toContain('AWS_LWA_POOL_IDLE_TIMEOUT_SECONDS');
    expect(quiet.app.requests).toHaveLength(2);
  });
});

test('an app that closes idle connections does no harm to those in flight, and is asked again as often as may be', async () => {
  const crowd = await startAdapter({ ...CROWDED, env: { AWS_LWA_WORKERS: '1' } });
  // More at once than there are later, so that some connections are idle.
  await amongNeighbours(crowd, 40, async () => {});
  crowd.app.route('/closing', onceOnly);
  await amongNeighbours(crowd, 32, async () => {
    expect(textAnswer(await crowd.invoke(request('/closing')))).toBe('answered');
    expect(crowd.app.requests.filter(({ target }) => target === '/closing')).toHaveLength(2);
    const failure = failureOf(await crowd.invoke(request('/closing/order', { method: 'POST', body: 'order' })));
    expect(failure.errorType).toBe('Function.AppConnectionReset');
    expect(crowd.app.requests.filter(({ target }) => target === '/closing/order')).toHaveLength(1);
  });
});

describe('an app that does not speak HTTP/1.1 fails the invocation alone:', () => {
  const answers: Readonly<Record<string, string | Buffer>> = {
    'no status line': 'hello\r\n\r\n',
    'a status that is no number': 'HTTP/1.1 two hundred\r\n\r\n',
    'a header line without a name': 'HTTP/1.1 200 OK\r\n: value\r\n\r\n',
    'a space before the colon': 'HTTP/1.1 200 OK\r\nx-a : 1\r\ncontent-length: 0\r\n\r\n',
    'two lengths': 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    'a length that is no number': 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n',
    'a length beside chunks': 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'a chunk size that is no number': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n',
    'a NUL in a header': 'HTTP/1.1 200 OK\r\nx-a: a\0b\r\ncontent-length: 0\r\n\r\n',
    'HTTP/2': Buffer.from('00001204000000000000030000008000040001000000050000400000', 'hex'),
    TLS: Buffer.from('15030100020246', 'hex'),
    'a switch of protocols': 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
    'more headers than are taken': `HTTP/1.1 200 OK\r\nx-large: ${'x'.repeat(300 * 1024)}\r\n\r\n`,
  };

  test.each(Object.entries(answers))('%s', async (_name, answer) => {
    adapter.app.route('/malformed', bytes(answer));
    await amongNeighbours(adapter, 32, async () => {
      const failure = failureOf(await adapter.invoke(request('/malformed')));
      expect(failure.errorType).toBe('Function.AppInvalidResponse');
      expect(failure.errorMessage).toContain(`127.0.0.1:${adapter.app.port}`);
      expect(echoed(await adapter.invoke(request('/fine'))).target).toBe('/fine');
    });
  });
});

describe('unusual answers arrive all the same:', () => {
  test('header bytes that are not UTF-8', async () => {
    adapter.app.route('/latin1', (_request, connection) =>
      connection.answer({
        headers: [
          ['x-name', Buffer.from('se\xf1or', 'latin1')],
          ['set-cookie', Buffer.from('a=\xff', 'latin1')],
        ],
      }),
    );
    await amongNeighbours(adapter, 32, async () => {
      const { headers, cookies } = rebuildOutcome('function-url', await adapter.invoke(request('/latin1')));
      expect([headers['x-name'], cookies]).toEqual(['señor', ['a=ÿ']]);
    });
  });

  test('many and large headers', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => [`x-${index}`, 'x'.repeat(300)] as const);
    adapter.app.route('/large-head', (_request, connection) => connection.answer({ headers: lines, body: 'body' }));
    await amongNeighbours(adapter, 32, async () => {
      const { headers } = rebuildOutcome('function-url', await adapter.invoke(request('/large-head')));
      expect(Object.keys(headers)).toHaveLength(501);
    });
  });

  test('header names that objects have members for', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    adapter.app.route('/names', (_request, connection) =>
      connection.answer({ headers: names.map((name) => [name, 'value']), body: 'body' }),
    );
    await amongNeighbours(adapter, 32, async () => {
      const { headers } = rebuildOutcome('function-url', await adapter.invoke(request('/names')));
      expect(Object.entries(headers)).toEqual(
        expect.arrayContaining(names.map((name) => [name.toLowerCase(), 'value'])),
      );
    });
  });

  test('interim responses before the final one', async () => {
    adapter.app.route('/interim', (_request, connection) => {
      connection.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n');
      connection.answer({ headers: TEXT, body: 'final' });
    });
    await amongNeighbours(adapter, 32, async () => {
      expect(textAnswer(await adapter.invoke(request('/interim')))).toBe('final');
    });
  });

  test.each([200, 226, 299, 404, 599, 999])('a status of %i', async (status) => {
    adapter.app.route('/status', (_request, connection) => connection.answer({ status }));
    await amongNeighbours(adapter, 32, async () => {
      expect(answerOf(await adapter.invoke(request('/status')))).toMatchObject({ statusCode: status });
    });
  });

  test('a body that ends with the connection, from a server of HTTP/1.0', async () => {
    adapter.app.route('/old', bytes('HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\nuntil the end'));
    await amongNeighbours(adapter, 32, async () => {
      expect(textAnswer(await adapter.invoke(request('/old')))).toBe('until the end');
    });
  });

  test('bytes behind the answer are nobody else’s answer', async () => {
    adapter.app.route('/more', (_request, connection) => {
      connection.answer({ headers: TEXT, body: 'mine' });
      connection.write('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged');
    });
    await amongNeighbours(adapter, 32, async () => {
      expect(textAnswer(await adapter.invoke(request('/more')))).toBe('mine');
      for (let count = 0; count < 10; count++) {
        expect(echoed(await adapter.invoke(request(`/${count}`))).target).toBe(`/${count}`);
      }
    });
  });
});

describe('an answer that is too large fails alone, naming size and way out:', () => {
  const MIB = 1024 * 1024;
  const scripts: Readonly<Record<string, Script>> = {
    'announced by its length': (_request, connection) =>
      connection.answer({ headers: [...TEXT, ['content-length', String(100 * MIB)]], body: 'the rest never comes' }),
    'after it has come': (_request, connection) => connection.answer({ headers: TEXT, body: '"'.repeat(4 * MIB) }),
    'as bytes that grow in base64': (_request, connection) => connection.answer({ body: Buffer.alloc(5 * MIB, 0xff) }),
    'without an end': async (_request, connection) => {
      connection.answer({ headers: [['transfer-encoding', 'chunked']] });
      const chunk = Buffer.alloc(MIB, 'x');
      while (!connection.socket.destroyed) {
        connection.chunk(chunk);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
  };

  test.each(Object.entries(scripts))('%s', async (_name, script) => {
    adapter.app.route('/too-large', script);
    await amongNeighbours(adapter, 32, async () => {
      const failure = failureOf(await adapter.invoke(request('/too-large')));
      expect(failure.errorType).toBe('Function.ResponseTooLarge');
      expect(failure.errorMessage).toMatch(/\d{7,} bytes.*6291556 bytes.*AWS_LWA_INVOKE_MODE=response_stream/);
    });
  });
});

describe('an app that does not answer in time', () => {
  test('is given up shortly before the deadline: the client gets 504, an event fails', async () => {
    const dropped = Promise.withResolvers<void>();
    adapter.app.route('/silent', (_request, { socket }) => void socket.once('close', () => dropped.resolve()));
    adapter.app.route('/events', () => {});
    await amongNeighbours(adapter, 32, async () => {
      const [http, event] = await Promise.all([
        adapter.invoke(request('/silent'), { timeoutMs: 700 }),
        adapter.invoke(queueEvent('x'), { timeoutMs: 700 }),
      ]);
      expect(answerOf(http)).toMatchObject({ statusCode: 504 });
      expect(failureOf(event)).toEqual({
        errorType: 'Function.AppTimeout',
        errorMessage: expect.stringMatching(/did not finish within \d+ ms/),
      });
      await dropped.promise;
    });
  });

  test('or stops in the middle of its answer is given up too', async () => {
    adapter.app.route('/stuck', (_request, connection) => {
      connection.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nten bytes.');
    });
    await amongNeighbours(adapter, 32, async () => {
      const outcome = await adapter.invoke(request('/stuck'), { timeoutMs: 700 });
      expect(answerOf(outcome)).toMatchObject({ statusCode: 504 });
    });
  });
});

describe('an app that is gone', () => {
  test('fails new invocations with where it should be, and lets those go on that it still serves', async () => {
    // Not given any time to come back.
    const env = { ...CROWDED.env, AWS_LWA_APP_RESTART_TIMEOUT_SECONDS: '0' };
    const crowd = await startAdapter({ ...CROWDED, env });
    await amongNeighbours(crowd, 32, async () => {
      await crowd.app.refuse();
      for (const event of [request('/'), request('/', { method: 'POST', body: 'x' }), queueEvent('x')]) {
        expect(failureOf(await crowd.invoke(event))).toEqual({
          errorType: 'Function.AppConnectionRefused',
          errorMessage: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${crowd.app.port}\\b.*AWS_LWA_PORT`)),
        });
      }
    });
  });

  test('is found again when it has restarted', async () => {
    const crowd = await startAdapter(CROWDED);
    crowd.app.route('/held', () => {});
    const held = Array.from({ length: 32 }, () => crowd.invoke(request('/held')));
    await crowd.app.received(({ target }) => target === '/held', 32);
    await crowd.app.die();
    for (const outcome of await Promise.all(held)) {
      expect(failureOf(outcome).errorType).toMatch(/^Function\.AppConnection(?:Reset|Refused)$/);
    }
    await crowd.app.listen();
    await amongNeighbours(crowd, 32, async () => {
      expect(echoed(await crowd.invoke(request('/back'))).target).toBe('/back');
    });
  });
});
