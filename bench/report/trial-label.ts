import type { Trial } from '../rig/plan.ts';

export function trialLabel({ scenario, inFlight, round, adapter }: Trial): string {
  return `${scenario.name}, ${inFlight} in flight, round ${round}, ${adapter.name}`;
}
