import type { Scenario } from '../scenarios/scenario.ts';
import type { Sender } from './sender.ts';

/** Keeps the neighbours of a scenario busy; the result ends that and resolves when the last one has been answered. */
export function startNeighbours({ company }: Scenario, sender: Sender): () => Promise<void> {
  if (company?.kind !== 'neighbours') return () => Promise.resolve();
  const over = new AbortController();
  const loops = Array.from({ length: company.inFlight }, async () => {
    while (!over.signal.aborted && !sender.isHopeless) await sender.send(company.exchange, performance.now());
  });
  return async () => {
    over.abort();
    await Promise.all(loops);
  };
}
