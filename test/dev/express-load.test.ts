import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { describe, expect, it } from 'vitest';
import { startCli } from './run-cli.ts';

const SERVER = fileURLToPath(new URL('../../examples/express/server.js', import.meta.url));
const REQUESTS = 10_000;
const CONNECTIONS = 32;

interface Outcome {
  readonly answered: number;
  /** Answers that belong to another request, or are none. */
  readonly wrong: readonly string[];
}

/** Every request asks for a user of its own and carries a number of its own; the answer has to name both. */
async function load(url: string): Promise<Outcome> {
  const wrong: string[] = [];
  let answered = 0;
  let sent = 0;
  const result = await autocannon({
    url,
    amount: REQUESTS,
    connections: CONNECTIONS,
    timeout: 30,
    requests: [
      {
        setupRequest: (request, context: { expected?: string }) => {
          sent++;
          context.expected = JSON.stringify({ id: `u${sent}`, query: { n: String(sent * 7) } });
          return { ...request, method: 'GET', path: `/users/u${sent}?n=${sent * 7}` };
        },
        onResponse: (status, body, context: { expected?: string }) => {
          answered++;
          if (status !== 200 || body !== context.expected) wrong.push(`${status} ${body} for ${context.expected}`);
        },
      },
    ],
  });
  expect({ errors: result.errors, timeouts: result.timeouts }).toEqual({ errors: 0, timeouts: 0 });
  return { answered, wrong };
}

describe(`an Express app answers ${REQUESTS} requests over ${CONNECTIONS} connections, none lost and none crossed`, () => {
  it.each([
    ['one at a time, as on standard Lambda', []],
    ['32 at once on Managed Instances', ['--concurrency', '32']],
    ['32 at once when the platform tells extensions the number', ['--concurrency', '32', '--visible-concurrency']],
  ])('%s', { timeout: 120_000 }, async (_, options) => {
    const running = startCli('--port', '0', ...options, '--', 'node', SERVER);
    try {
      const { answered, wrong } = await load(await running.url);
      expect(wrong.slice(0, 3)).toEqual([]);
      expect(answered).toBe(REQUESTS);
    } finally {
      running.child.kill('SIGTERM');
    }
    expect((await running.ended).code).toBe(0);
  });
});
