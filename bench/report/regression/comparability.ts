import { limitText } from '../text/limit-text.ts';
import { memory } from '../text/machine-lines.ts';
import type { Results } from '../results/results.ts';

/** What has to be the same in two results, as it is told to whoever finds that it is not. */
const CONDITIONS: readonly (readonly [label: string, of: (results: ResultsConditions) => string])[] = [
  ['processor', ({ machine }) => machine.processor],
  ['cores', ({ machine }) => String(machine.cores)],
  ['memory', ({ machine }) => memory(machine.memoryBytes)],
  ['system', ({ machine }) => machine.system],
  ['Node', ({ machine }) => machine.node],
  ['warm-up', ({ options }) => limitText(options.warmUp)],
  ['measurement', ({ options }) => limitText(options.measurement)],
];

type ResultsConditions = Pick<Results, 'machine' | 'options'>;

/** Why figures of the two cannot be compared: `cores (2, then 8)` for each condition that differs. */
export function differencesOf(before: ResultsConditions, after: ResultsConditions): string[] {
  return CONDITIONS.flatMap(([label, of]) => {
    const [then, now] = [of(before), of(after)];
    return then === now ? [] : [`${label} (${then}, then ${now})`];
  });
}
