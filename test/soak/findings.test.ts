import { describe, expect, it } from 'vitest';
import { problemsOf, tolerance, type Findings } from '../../bench/soak/findings.ts';
import type { ProcessSample } from '../../bench/soak/process-sample.ts';
import { residentSlope } from '../../bench/soak/resident-slope.ts';
import { Tally } from '../../bench/soak/tally.ts';

const MEGABYTE = 1024 * 1024;
const TWO_MINUTES = 120_000;

function sample(atMs: number, residentMb: number, descriptors = 60): ProcessSample {
  return { atMs, residentBytes: residentMb * MEGABYTE, threads: 9, descriptors, sockets: descriptors - 30 };
}

function findings(changes: Partial<Findings> = {}): Findings {
  const tally = new Tally();
  tally.requests = 1000;
  return {
    mode: 'buffered',
    concurrency: 32,
    tally,
    durationMs: TWO_MINUTES,
    throughput: 8,
    before: sample(0, 100),
    after: sample(TWO_MINUTES, 100),
    heldBefore: 20 * MEGABYTE,
    heldAfter: 27 * MEGABYTE,
    samples: [],
    slope: 0,
    parked: 32,
    droppedPolls: 0,
    defects: [],
    endedEarly: null,
    exitCode: 0,
    ...changes,
  };
}

function tallyWith(kind: 'lost' | 'crossed' | 'unexpected'): Tally {
  const tally = new Tally();
  const expected = { kind: 'event', body: '' } as const;
  const shot = { id: 'soak-000000001', kind: 'test', event: '', source: null, timeoutMs: 1, readDelayMs: 0, expected };
  tally.add({ ...shot, isFault: false }, { kind, detail: 'so it was' });
  return tally;
}

describe('what a soak found out', () => {
  it('is no problem when nothing is lost, crossed or left behind', () => {
    expect(problemsOf(findings())).toEqual([]);
  });

  it('is a problem for each way in which an adapter can fail', () => {
    const failures: Partial<Findings>[] = [
      { tally: tallyWith('lost') },
      { tally: tallyWith('crossed') },
      { tally: tallyWith('unexpected') },
      { tally: new Tally() },
      { after: sample(TWO_MINUTES, 100, 61) },
      { parked: 31 },
      { droppedPolls: 1 },
      { defects: ['worker thread 0 died'] },
      { endedEarly: 'it ended by itself' },
      { exitCode: 1 },
      { slope: tolerance(TWO_MINUTES) + 1 },
      { heldAfter: 29 * MEGABYTE },
      { heldAfter: 0 },
    ];
    for (const failure of failures) expect(problemsOf(findings(failure)), JSON.stringify(failure)).toHaveLength(1);
  });

  it('does not judge the memory of a short soak', () => {
    const durationMs = TWO_MINUTES - 1;
    const growth = { slope: tolerance(durationMs) + 1, heldAfter: 29 * MEGABYTE };
    expect(problemsOf(findings({ durationMs, ...growth }))).toEqual([]);
  });
});

describe('the slope of resident memory', () => {
  it('is the growth of the second half in MB per 1000 s, whatever the first half did', () => {
    const settling = [10, 200, 50, 90].map((megabytes, second) => sample(second * 1000, megabytes));
    const growing = [100, 101, 102, 103].map((megabytes, second) => sample((second + 4) * 1000, megabytes));
    expect(residentSlope([...settling, ...growing])).toBeCloseTo(1000);
  });

  it('is 0 where too little was measured', () => {
    expect(residentSlope([])).toBe(0);
    expect(residentSlope([sample(0, 1)])).toBe(0);
  });
});
