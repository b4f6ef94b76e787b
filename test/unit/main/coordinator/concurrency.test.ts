import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Concurrency from '../../../../src/main/coordinator/concurrency.ts';
import { testConfig } from '../../../helpers/config.ts';

const CPUS = availableParallelism();
const CROWDED = testConfig({ workers: null, maxConcurrency: 64 });
const MANAGED = { initializationType: 'lambda-managed-instances', maxConcurrency: null } as const;

const folder = mkdtempSync(join(tmpdir(), 'hand-over-'));
const handOver = join(folder, '.lambda-adapter-max-concurrency');
let concurrency: typeof Concurrency;

beforeAll(async () => {
  vi.stubEnv('TMPDIR', folder);
  concurrency = await import('../../../../src/main/coordinator/concurrency.ts');
  vi.unstubAllEnvs();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the number of polls', () => {
  it('is what the configuration says', () => {
    const config = testConfig({ ...MANAGED, maxConcurrency: 8 });
    expect(concurrency.decideConcurrency(config)).toEqual({ kind: 'fixed', polls: 8 });
  });

  it('is 1 where nobody says anything and it is not Managed Instances', () => {
    writeFileSync(handOver, '64');
    expect(concurrency.decideConcurrency(testConfig({ maxConcurrency: null }))).toEqual({ kind: 'fixed', polls: 1 });
  });

  it('is what the runtime process handed over on Managed Instances', () => {
    writeFileSync(handOver, '64\n');
    expect(concurrency.decideConcurrency(testConfig(MANAGED))).toEqual({ kind: 'fixed', polls: 64 });
  });

  it('grows from 16 per processor on Managed Instances where nobody said anything usable', () => {
    const growing = { kind: 'growing', polls: 16 * CPUS, most: 1600 };
    for (const text of ['', '0', '1601', '-1', '1.5', 'many']) {
      writeFileSync(handOver, text);
      expect(concurrency.decideConcurrency(testConfig(MANAGED))).toEqual(growing);
    }
    rmSync(handOver);
    expect(concurrency.decideConcurrency(testConfig(MANAGED))).toEqual(growing);
  });
});

describe('the number of threads', () => {
  it('is what the configuration says', () => {
    expect(concurrency.decideWorkers(testConfig({ ...MANAGED, workers: 0 }))).toBe(0);
    expect(concurrency.decideWorkers(testConfig({ workers: 3 }))).toBe(3);
  });

  it('is 0 for one invocation at a time, where a hop would only cost', () => {
    expect(concurrency.decideWorkers(testConfig({ workers: null, maxConcurrency: 1 }))).toBe(0);
    expect(concurrency.decideWorkers(testConfig({ workers: null, maxConcurrency: null }))).toBe(0);
  });

  it('leaves a processor to the coordinator for many at once, but is at least 1', () => {
    const expected = Math.max(1, CPUS - 1);
    expect(concurrency.decideWorkers(testConfig({ workers: null, maxConcurrency: 2 }))).toBe(expected);
    expect(concurrency.decideWorkers(testConfig({ ...MANAGED, workers: null }))).toBe(expected);
    expect([1, 2, 3, 8].map((processors) => concurrency.decideWorkers(CROWDED, processors))).toEqual([1, 1, 2, 7]);
  });

  it('is 0 for many streams at once on up to two processors, where the app needs what a hop would cost', () => {
    const streams = testConfig({ ...CROWDED, invokeMode: 'response_stream' });
    expect([1, 2, 3, 8].map((processors) => concurrency.decideWorkers(streams, processors))).toEqual([0, 0, 2, 7]);
    const compression = [{ coding: 'gzip', level: 4 }] as const;
    expect(concurrency.decideWorkers({ ...streams, compression }, 2)).toBe(2);
    expect(concurrency.decideWorkers({ ...streams, workers: 1 }, 2)).toBe(1);
  });

  it('uses every processor where responses are compressed, if there are many at once', () => {
    const compression = [{ coding: 'gzip', level: 4 }] as const;
    expect(concurrency.decideWorkers(testConfig({ ...MANAGED, workers: null, compression }))).toBe(CPUS);
    expect(concurrency.decideWorkers(testConfig({ workers: null, maxConcurrency: 1, compression }))).toBe(0);
  });
});
