import type { Conditions, Trial } from '../rig/plan.ts';

export function trialLabel(trial: Trial): string {
  return `${conditionsLabel(trial)}, round ${trial.round}, ${trial.adapter.name}`;
}

/** What all adapters of one comparison have in common; no two comparisons have the same. */
export function conditionsLabel({ scenario, inFlight, loop, workers }: Conditions): string {
  const parts = [scenario.name, `${inFlight} in flight`];
  if (loop.kind === 'open') parts.push(`${loop.perSecond}/s`);
  if (workers !== null) parts.push(`${workers} ${workers === 1 ? 'worker' : 'workers'}`);
  return parts.join(', ');
}
