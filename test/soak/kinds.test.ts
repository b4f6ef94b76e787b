import { describe, expect, it } from 'vitest';
import { randomSequence } from '../../bench/scenarios/random-sequence.ts';
import { createDraw } from '../../bench/soak/draw.ts';
import { FAULTS } from '../../bench/soak/kinds/faults.ts';
import { TRAFFIC } from '../../bench/soak/kinds/traffic.ts';

const DRAWN = 2000;

function shots(mode: 'buffered' | 'response_stream') {
  let number = 0;
  const draw = createDraw(mode, randomSequence(1), () => ++number);
  return Array.from({ length: DRAWN }, draw);
}

describe('what a soak sends', () => {
  it('gives every invocation an id of its own', () => {
    expect(new Set(shots('buffered').map(({ id }) => id)).size).toBe(DRAWN);
  });

  it.each(['buffered', 'response_stream'] as const)(
    'in mode %s is one fault in twenty, and something of every kind',
    (mode) => {
      const all = shots(mode);
      const faults = all.filter(({ isFault }) => isFault);
      expect(faults.length / DRAWN).toBeGreaterThan(0.035);
      expect(faults.length / DRAWN).toBeLessThan(0.065);
      expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set([...TRAFFIC, ...FAULTS].map(({ name }) => name)));
    },
  );

  it('puts the id where the app finds it', () => {
    for (const { id, event, kind } of shots('buffered').slice(0, 500)) {
      if (kind !== 'invalid event') expect(event).toContain(id);
    }
  });
});
