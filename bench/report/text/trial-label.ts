import { levelLabel } from '../results/levels.ts';
import type { MeasuredTrial } from '../results/results.ts';

export function trialLabel(trial: MeasuredTrial): string {
  return `${levelLabel(trial)}, round ${trial.round}, ${trial.adapter}`;
}
