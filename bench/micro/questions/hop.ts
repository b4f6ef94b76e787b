import { compare } from '../compare.ts';
import type { Way } from '../hop/link.ts';
import { openRoundTrip, type RoundTrip } from '../hop/round-trip.ts';
import type { Question } from '../question.ts';

const WAYS: readonly Way[] = [
  'a message each',
  'batch, cloned',
  'batch, transferred',
  'shared, doorbell',
  'shared, waitAsync',
];
const IN_FLIGHT = [1, 10, 64];

export const hop: Question = {
  name: 'hop',
  summary: '1.5 KB to another thread and as much back, by how they travel; times are per round trip of one payload',
  async *measure(budgetMs) {
    const opened = new Map<Way, RoundTrip>();
    try {
      for (const way of WAYS) opened.set(way, openRoundTrip(way));
      for (const inFlight of IN_FLIGHT) {
        const variants = [...opened].map(([way, { run }]) => [way, () => run(inFlight)] as const);
        yield await compare(
          {
            title: `${inFlight} at once`,
            variants: Object.fromEntries(variants),
            meaning: (answers) => answers.map((answer) => [answer[0], answer.byteLength]),
            expected: Array.from({ length: inFlight }, (_, index) => [index, 1500]),
            perCall: inFlight,
          },
          budgetMs,
        );
      }
    } finally {
      await Promise.all([...opened.values()].map(({ close }) => close()));
    }
  },
};
