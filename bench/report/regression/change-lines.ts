import { FIGURES } from '../../measure/figures.ts';
import { align } from '../align.ts';
import { formatNumber } from '../format-number.ts';
import { LEAST_ROUNDS, type Verdict } from '../results/judge.ts';
import type { Change } from './find-changes.ts';

/** What is better and worse than before, and how much is neither. */
export function changeLines(changes: readonly Change[]): string {
  const told = changes.filter(({ verdict }) => verdict === 'worse' || verdict === 'better');
  const rows = told.map(rowOf);
  const table = rows.length === 0 ? [] : align([['', 'then', 'now', 'ratio', ''], ...rows]);
  return [...table, summaryOf(changes)].join('\n');
}

export function isWorse(changes: readonly Change[]): boolean {
  return changes.some(({ verdict }) => verdict === 'worse');
}

function rowOf({ level, adapter, figure, before, after, ratio, verdict }: Change): string[] {
  const { heading, decimals } = FIGURES[figure];
  return [
    `${level}, ${adapter}: ${heading}`,
    formatNumber(before, decimals),
    formatNumber(after, decimals),
    `${formatNumber(ratio, 2)}×`,
    verdict,
  ];
}

function summaryOf(changes: readonly Change[]): string {
  const count = (verdict: Verdict): number => changes.filter((change) => change.verdict === verdict).length;
  const counts = `Of ${changes.length} figures ${count('worse')} worse, ${count('better')} better, ${count('same')} the same within the noise`;
  const unjudged = count('unjudged');
  if (unjudged === 0) return `${counts}.`;
  return `${counts}, ${unjudged} not judged: fewer than ${LEAST_ROUNDS} rounds, then or now, do not tell a change from chance.`;
}
