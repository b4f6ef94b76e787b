import { describe, expect, it } from 'vitest';
import { drawExchange } from '../../bench/load/draw-exchange.ts';
import { mixed } from '../../bench/scenarios/mix-95-5.ts';
import { noisyNeighbour } from '../../bench/scenarios/noisy-neighbour.ts';

function draws(count: number) {
  const next = drawExchange(mixed);
  return Array.from({ length: count }, () => next());
}

describe('what a load sends next', () => {
  it('is a mixture in the promised shares, in the same order for every adapter', () => {
    const sent = draws(10_000);
    const share = sent.filter((exchange) => exchange !== mixed.measured).length / sent.length;
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.06);
    expect(draws(10_000)).toEqual(sent);
  });

  it('is always the same where others only run beside it', () => {
    const next = drawExchange(noisyNeighbour);
    expect(new Set(Array.from({ length: 100 }, next))).toEqual(new Set([noisyNeighbour.measured]));
  });
});
