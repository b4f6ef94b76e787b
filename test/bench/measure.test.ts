import { describe, expect, it } from 'vitest';
import { Latencies } from '../../bench/load/latencies.ts';
import { cpuBetween, meterCpu } from '../../bench/measure/cpu-time.ts';
import { readMemory } from '../../bench/measure/memory.ts';

function reading(threads: Record<string, number>, userTicks: number, systemTicks: number) {
  return { threads: new Map(Object.entries(threads)), userTicks, systemTicks };
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
    expect(time).toEqual({ totalUs: 1_000_000, systemUs: 250_000 });
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
});

describe('latencies', () => {
  it('are kept in any number and sorted', () => {
    const latencies = new Latencies();
    for (let value = 40_000; value > 0; value--) latencies.add(value);
    expect(latencies.count).toBe(40_000);
    expect(latencies.sorted().at(0)).toBe(1);
    expect(latencies.sorted().at(-1)).toBe(40_000);
    expect(latencies.sorted()).toHaveLength(40_000);
  });
});
