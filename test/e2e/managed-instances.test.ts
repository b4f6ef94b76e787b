import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { httpEvents, request } from '../helpers/events.ts';
import { amongNeighbours } from '../helpers/neighbours.ts';
import { valueOf } from '../helpers/received-request.ts';
import { startApp } from '../helpers/scripted-app.ts';
import { echoed } from '../helpers/outcomes.ts';

const VISIBLE = { mode: 'managed-instances', maxConcurrency: 32, concurrencyVisibleToExtensions: true } as const;
const INVISIBLE = { ...VISIBLE, concurrencyVisibleToExtensions: false } as const;

/** What the adapter begins with when nobody tells it. */
const GUESS = 16 * availableParallelism();

/** So many and, also after all of them have been used at once, never more. */
async function expectPolls(adapter: RunningAdapter, count: number): Promise<void> {
  await adapter.emulator.waitForParked(count);
  await amongNeighbours(adapter, count, async () => {});
  await adapter.emulator.waitForParked(count);
  expect(adapter.emulator.mostParked).toBe(count);
  expect(adapter.emulator.droppedPolls).toBe(0);
}

describe('on Managed Instances the adapter parks as many polls as', () => {
  test('the platform says', async () => {
    await expectPolls(await startAdapter({ emulator: VISIBLE }), 32);
  });

  test('the variable of the user says where the platform does not', async () => {
    const env = { AWS_LWA_MAX_CONCURRENCY: '20' };
    await expectPolls(await startAdapter({ emulator: INVISIBLE, env }), 20);
  });

  test('the runtime process has handed over where nobody else says', async () => {
    const app = await startApp();
    await app.die();
    const count = GUESS + 8;
    const adapter = await startAdapter({ emulator: { ...INVISIBLE, maxConcurrency: count }, app, waitForInit: false });
    await adapter.emulator.waitForRegistration();
    writeFileSync(join(adapter.tmpdir, '.lambda-adapter-max-concurrency'), `${count}\n`);
    await app.listen();
    await expectPolls(adapter, count);
  });

  test('are needed where nobody says: it begins with a guess and grows under load', async () => {
    const load = GUESS * 3;
    const adapter = await startAdapter({ emulator: { ...INVISIBLE, maxConcurrency: load } });
    await adapter.emulator.waitForParked(GUESS);
    expect(adapter.emulator.mostParked).toBe(GUESS);
    await amongNeighbours(adapter, load, async () => {});
    await adapter.emulator.waitForParked(load);
  });
});

describe.each(['0', '1', '2'])('with AWS_LWA_WORKERS=%s', (workers) => {
  const options = { emulator: VISIBLE, env: { AWS_LWA_WORKERS: workers } };

  test('32 invocations are in flight at once, and each gets its own answer', async () => {
    const adapter = await startAdapter(options);
    await amongNeighbours(adapter, 31, async () => {
      expect(echoed(await adapter.invoke(request('/quick'))).target).toBe('/quick');
    });
  });

  test('2000 requests, 32 at a time, are neither lost nor crossed nor doubled', async () => {
    const adapter = await startAdapter(options);
    const ids = Array.from({ length: 2000 }, (_, index) => `${index}-${'x'.repeat(index % 500)}`);
    const answers: string[] = [];
    const waiting = [...ids.entries()].toReversed();
    const client = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [index, id] = next;
        const event = httpEvents['http-api']({ method: 'POST', path: `/${id}`, body: `body of ${id}` });
        const { target, body } = echoed(await adapter.invoke(event, { traceId: `Root=${id}` }));
        answers[index] = `${target} ${body}`;
      }
    };
    await Promise.all(Array.from({ length: 32 }, client));
    expect(answers).toEqual(ids.map((id) => `/${id} body of ${id}`));
    expect(adapter.app.requests).toHaveLength(2000);
    for (const received of adapter.app.requests) {
      expect(valueOf(received, 'x-amzn-trace-id')).toBe(`Root=${received.target.slice(1)}`);
    }
    await adapter.emulator.waitForParked(32);
  });
});
