import { compare } from './compare.ts';
import type { Results } from './results.ts';

/** Everything measured, trial by trial, and what it amounts to. Figures that do not apply are null. */
export function toJson(results: Results): string {
  return `${JSON.stringify({ ...results, comparisons: compare(results.trials) }, null, 2)}\n`;
}
