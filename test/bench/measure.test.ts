import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cpuBetween, meterCpu } from '../../bench/measure/cpu-time.ts';
import { readMemory } from '../../bench/measure/memory.ts';
import { sampleMemory } from '../../bench/measure/sample-memory.ts';

function reading(threads: Record<string, number>, userTicks: number, systemTicks: number) {
  const read = Object.entries(threads).map(([id, nanoseconds]) => [id, { name: `thread ${id}`, nanoseconds }] as const);
  return { threads: new Map(read), userTicks, systemTicks };
}

describe('processor time', () => {
  it('is the sum over the threads, those that have started in between included', () => {
    const before = reading({ 1: 5_000_000, 2: 1_000_000 }, 0, 0);
    const after = reading({ 1: 15_000_000, 2: 1_500_000, 3: 2_000_000 }, 1, 0);
    expect(cpuBetween(before, after).totalUs).toBe(12_500);
  });

  it('counts threads that have ended, by the coarse clock of the process', () => {
    const before = reading({ 1: 0, 2: 500_000_000 }, 50, 0);
    const after = reading({ 1: 100_000_000 }, 130, 20);
    expect(cpuBetween(before, after).totalUs).toBe(980_000);
  });

  it('is divided into user and system as the process is', () => {
    const time = cpuBetween(reading({ 1: 0 }, 10, 10), reading({ 1: 1_000_000_000 }, 85, 35));
    expect(time).toMatchObject({ totalUs: 1_000_000, systemUs: 250_000 });
  });

  it('is told by name of the thread, those of one name together and the busiest first', () => {
    const before = reading({ main: 1000, pool: 2000 }, 0, 0);
    const later = reading({ main: 5000, pool: 5000, another: 3000 }, 0, 0);
    const pool = { name: 'thread pool', nanoseconds: 3000 };
    const after = { ...later, threads: new Map([...later.threads, ['another', pool] as const]) };
    expect(cpuBetween(before, after).threads).toEqual([
      { name: 'thread pool', cpuUs: 6 },
      { name: 'thread main', cpuUs: 4 },
    ]);
  });

  it('of this process grows with its work', () => {
    const used = meterCpu(process.pid);
    const end = performance.now() + 20;
    while (performance.now() < end);
    expect(used().totalUs).toBeGreaterThan(5000);
    expect(used().totalUs).toBeLessThan(10_000_000);
  });
});

describe('memory', () => {
  it('of this process is what Node says, the peak being no less', () => {
    const { residentBytes, peakBytes } = readMemory(process.pid);
    expect(residentBytes / process.memoryUsage.rss()).toBeCloseTo(1, 0);
    expect(peakBytes).toBeGreaterThanOrEqual(residentBytes);
  });

  it('is sampled while it grows', async () => {
    const samples = sampleMemory(process.pid);
    const bytes = Buffer.alloc(64 * 1024 * 1024, 1);
    await setTimeout(350);
    const [first, ...later] = samples();
    expect(first?.atMs).toBe(0);
    expect(later.length).toBeGreaterThanOrEqual(2);
    expect((later.at(-1)?.residentMb ?? NaN) - (first?.residentMb ?? NaN)).toBeGreaterThan(
      bytes.length / 1024 ** 2 / 2,
    );
    expect(samples()).toHaveLength(later.length + 1);
  });

  it('is no longer sampled when the process is gone, and that does no harm', async () => {
    const child = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 150)']);
    const samples = sampleMemory(child.pid ?? NaN);
    await once(child, 'exit');
    await setTimeout(250);
    expect(samples().length).toBeGreaterThan(0);
  });
});
