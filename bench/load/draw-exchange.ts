import { randomSequence } from '../scenarios/random-sequence.ts';
import type { Exchange, Scenario } from '../scenarios/scenario.ts';

/** What a load sends next. The order of a mixture looks random and is the same for every adapter. */
export function drawExchange({ measured, company }: Scenario): () => Exchange {
  if (company?.kind !== 'mixed') return () => measured;
  const draw = randomSequence(company.percent);
  return () => (draw(100) < company.percent ? company.exchange : measured);
}
