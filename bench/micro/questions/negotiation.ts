import type { CodingChoice } from '../../../src/shared/config.ts';
import { chooseCoding } from '../../../src/workers/compression/choose-coding.ts';
import { compare } from '../compare.ts';
import type { Question } from '../question.ts';

const OURS: readonly CodingChoice[] = [
  { coding: 'zstd', level: 3 },
  { coding: 'br', level: 4 },
  { coding: 'gzip', level: 6 },
];

/** What clients send, and which coding they get. */
const CLIENTS: Readonly<Record<string, readonly [acceptEncoding: string, coding: string | null]>> = {
  'Chrome, Firefox': ['gzip, deflate, br, zstd', 'zstd'],
  Safari: ['gzip, deflate, br', 'br'],
  'Go, Java': ['gzip', 'gzip'],
  'CloudFront, with weights': ['br;q=1.0, gzip;q=0.8, *;q=0.1', 'br'],
  'curl without --compressed': ['identity', null],
  'proxy that takes any': ['*', 'gzip'],
};

/** One choice is too short to be timed alone. */
const CALLS = 16;

export const negotiation: Question = {
  name: 'negotiation',
  summary: 'what it takes to choose the content coding, by what the client accepts',
  async *measure(budgetMs) {
    const variants = Object.entries(CLIENTS).map(([client, [acceptEncoding, coding]]) => {
      return [client, () => ({ chosen: choose(acceptEncoding)?.coding ?? null, right: coding })] as const;
    });
    yield await compare(
      {
        title: 'accept-encoding of',
        variants: Object.fromEntries(variants),
        meaning: ({ chosen, right }) => (chosen === right ? 'the right one' : chosen),
        expected: 'the right one',
        perCall: CALLS,
        remark: { heading: 'chosen', of: ({ chosen }) => chosen ?? 'none' },
      },
      budgetMs,
    );
  },
};

function choose(acceptEncoding: string): CodingChoice | null {
  let choice: CodingChoice | null = null;
  for (let call = 0; call < CALLS; call++) choice = chooseCoding(acceptEncoding, OURS);
  return choice;
}
