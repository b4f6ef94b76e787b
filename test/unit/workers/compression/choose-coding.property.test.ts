import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CodingChoice } from '../../../../src/shared/config.ts';
import { chooseCoding } from '../../../../src/workers/compression/choose-coding.ts';

const choices: fc.Arbitrary<readonly CodingChoice[]> = fc.shuffledSubarray([
  { coding: 'zstd', level: 3 },
  { coding: 'br', level: 4 },
  { coding: 'gzip', level: 6 },
]);
const weighted = fc.record({
  coding: fc.constantFrom('gzip', 'br', 'zstd', 'identity', 'deflate', 'compress', 'GZip', 'Br'),
  thousandths: fc.integer({ min: 0, max: 1000 }),
});
/** No name twice: what a client means by that nobody can tell. */
const weightedList = fc.uniqueArray(weighted, { selector: ({ coding }) => coding.toLowerCase(), maxLength: 6 });
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
const runs = { numRuns: 1000 };

function written(items: readonly { readonly coding: string; readonly thousandths: number }[]): string {
  return items.map(({ coding, thousandths }) => `${coding};q=${(thousandths / 1000).toFixed(3)}`).join(', ');
}

test('whatever the client sent, the choice is one of ours that it named, or an asterisk did for gzip', () => {
  const piece = fc.constantFrom('gzip', 'br', 'zstd', '*', 'identity', ';', 'q=', '0', '1', '.5', ',', ' ', '\t', '"');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: piece }), anyText), choices, (accepted, ours) => {
      const choice = chooseCoding(accepted, ours);
      if (choice === null) return;
      expect(ours).toContain(choice);
      const isNamed = accepted.toLowerCase().includes(choice.coding);
      expect(isNamed || (choice.coding === 'gzip' && accepted.includes('*'))).toBe(true);
    }),
    runs,
  );
});

test('what the client refuses with q=0 is never chosen, whatever an asterisk says', () => {
  fc.assert(
    fc.property(weightedList, choices, fc.constantFrom('', ', *', ', *;q=0.5'), (items, ours, rest) => {
      const refused = items.filter(({ thousandths }) => thousandths === 0).map(({ coding }) => coding.toLowerCase());
      expect(refused).not.toContain(chooseCoding(written(items) + rest, ours)?.coding);
      const allRefused = items.map(({ coding }) => ({ coding, thousandths: 0 }));
      expect(chooseCoding(`${written(allRefused)}, *;q=0`, ours)).toBeNull();
    }),
    runs,
  );
});

test('nothing that is ours weighs more than the choice, and plain content not more either', () => {
  fc.assert(
    fc.property(weightedList, choices, (items, ours) => {
      const weights = new Map(items.map(({ coding, thousandths }) => [coding.toLowerCase(), thousandths]));
      const most = Math.max(0, ...ours.map(({ coding }) => weights.get(coding) ?? 0));
      const plain = weights.get('identity') ?? 0;
      const choice = chooseCoding(written(items), ours);
      if (most === 0 || most < plain) expect(choice).toBeNull();
      else expect(weights.get(choice?.coding ?? '')).toBe(most);
    }),
    runs,
  );
});
