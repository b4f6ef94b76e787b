import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Loop } from '../../bench/load/loop.ts';
import { isSane } from '../../bench/measure/is-sane.ts';
import { FIGURE_NAMES } from '../../bench/measure/figures.ts';
import { runComparison } from '../../bench/rig/run-comparison.ts';
import type { TrialResult } from '../../bench/rig/trial-result.ts';
import { findScenario, SCENARIO_NAMES } from '../../bench/scenarios/index.ts';

const path = fileURLToPath(new URL('../../bench/calibration/null-adapter.ts', import.meta.url));
const FEW = { kind: 'requests', count: 20, mostBytes: 1 } as const;

/** Real processes on both sides, and the null adapter between them: what is wrong here is the rig's fault. */
async function run(name: string, inFlight: number, loop: Loop = { kind: 'closed' }, env = {}): Promise<TrialResult> {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`no scenario ${name}`);
  const adapter = { name: 'null', path, env };
  const trials = [{ scenario, inFlight, loop, workers: null, round: 1, adapter }];
  const [record] = await runComparison(trials, FEW, { ...FEW, mostBytes: 1024 * 1024 }, () => {});
  if (record === undefined) throw new Error('a trial has a record');
  return record.result;
}

describe('the rig with the null adapter', () => {
  it.each(SCENARIO_NAMES)('measures %s, and every figure is possible', async (name) => {
    const { figures, firstFailure, memory, threads } = await run(name, 3);
    expect(firstFailure).toBe(null);
    if (figures === null) throw new Error('figures without a failure');
    expect(FIGURE_NAMES.filter((figure) => !isSane(figure, figures[figure]))).toEqual([]);
    expect(memory.length).toBeGreaterThan(0);
    expect(threads.length).toBeGreaterThan(0);
  });

  it('measures the first byte of a stream long before its end', async () => {
    const { figures } = await run('sse', 1);
    // 19 gaps of 5 ms.
    expect(figures?.p50Ms).toBeGreaterThan(90);
    expect(figures?.firstByteP50Ms).toBeLessThan(50);
  });

  it('takes what the app does on purpose off the latency', async () => {
    const { figures } = await run('slow-50ms', 4);
    expect(figures?.p50Ms).toBeGreaterThan(49);
    expect(figures?.overheadP99Ms).toBeCloseTo((figures?.p99Ms ?? NaN) - 50, 5);
  });

  it('refuses in an open loop what finds no poll, and in a closed one lets it wait', async () => {
    const open = await run('slow-50ms', 2, { kind: 'open', perSecond: 400 });
    expect(open.firstFailure).toBe(null);
    expect(open.figures?.refused).toBeGreaterThan(10);
    expect(open.figures?.refused).toBeLessThan(100);
    expect(open.figures?.waited).toBe(NaN);
    const closed = await run('slow-50ms', 2);
    expect(closed.figures?.waited).toBeGreaterThan(0);
    expect(closed.figures?.refused).toBe(NaN);
  });

  it('notices an answer that is right for another scenario only', async () => {
    const { figures, firstFailure } = await run('small-json', 2, { kind: 'closed' }, { BENCH_SCENARIO: 'html-100k' });
    expect(figures).toBe(null);
    expect(firstFailure).toMatch(/a body of 102400 bytes that is not the one/);
  });
});
