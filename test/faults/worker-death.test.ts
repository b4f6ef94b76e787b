import { describe, expect, test } from 'vitest';
import { startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { request } from '../helpers/events.ts';
import { amongNeighbours } from '../helpers/neighbours.ts';
import { preload } from '../helpers/preload.ts';
import { brokenStreamOf, failureOf, textAnswer } from '../helpers/outcomes.ts';

const env = { ...CROWDED.env, ...preload('dying-threads.cjs') };

/** Kills a thread while 32 invocations are on the two of them; says how many were lost with it. */
async function killAmongOthers(adapter: RunningAdapter, path: string): Promise<number> {
  const release = Promise.withResolvers<void>();
  const prefix = `/held-until${path}/`;
  adapter.app.route(prefix, async ({ target }, connection) => {
    await release.promise;
    connection.answer({ headers: [['content-type', 'text/plain']], body: target });
  });
  adapter.app.route(path, () => {});
  const targets = Array.from({ length: 32 }, (_, index) => `${prefix}${index}`);
  const invocations = targets.map((target) => adapter.invoke(request(target)));
  await adapter.app.received(({ target }) => target.startsWith(prefix), 32);

  const killer = failureOf(await adapter.invoke(request(path)));
  expect(killer.errorType).toBe('Runtime.WorkerCrashed');
  expect(killer.errorMessage).toContain('can be repeated');
  release.resolve();
  const outcomes = await Promise.all(invocations);
  const lost = outcomes.filter(({ kind }) => kind === 'error');
  for (const outcome of lost) expect(failureOf(outcome).errorType).toBe('Runtime.WorkerCrashed');
  const kept = outcomes.filter(({ kind }) => kind === 'response');
  expect(lost.length + kept.length).toBe(32);
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.kind === 'response') expect(textAnswer(outcome)).toBe(targets[index]);
  }
  return lost.length;
}

describe('a worker thread that dies', () => {
  test.each(['/die-of-error', '/die-of-exit'])(
    'takes only its own invocations with it and is replaced: %s',
    async (path) => {
      const adapter = await startAdapter({ ...CROWDED, env });
      // Invocations go to the thread with the least to do, so each of the two has half of them.
      expect(await killAmongOthers(adapter, path)).toBe(16);
      expect(adapter.log.text).toMatch(/worker thread \d died/);
      await amongNeighbours(adapter, 32, async () => {});
      await adapter.emulator.waitForParked(64);
    },
  );

  test('may do so again and again', async () => {
    const adapter = await startAdapter({ ...CROWDED, env });
    for (let round = 0; round < 3; round++) {
      expect(await killAmongOthers(adapter, `/die-of-error/${round}`)).toBe(16);
    }
    await amongNeighbours(adapter, 32, async () => {});
  });

  test('ends a stream that it has begun with an error in its trailers', async () => {
    const adapter = await startAdapter({
      ...CROWDED,
      env: { ...env, AWS_LWA_WORKERS: '1', AWS_LWA_INVOKE_MODE: 'response_stream' },
    });
    adapter.app.route('/stream', (_request, connection) => {
      connection.answer({ headers: [['transfer-encoding', 'chunked']] });
      connection.chunk('begun');
    });
    const begun = Promise.withResolvers<void>();
    const stream = adapter.invoke(request('/stream'), {
      onChunk: (chunk) => {
        if (chunk.includes('begun')) begun.resolve();
      },
    });
    await begun.promise;
    await adapter.invoke(request('/die-of-error'));
    expect(brokenStreamOf(await stream)).toMatchObject({ errorType: 'Runtime.WorkerCrashed', body: 'begun' });
  });
});
