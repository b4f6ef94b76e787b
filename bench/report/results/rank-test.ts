/** The chance of finding a shift that is not there, where there are enough rounds for so small a one. */
const ALPHA = 0.01;
/** That quantile of the normal distribution. */
const Z_ALPHA = 2.3263;
/** From so many values on each side the normal distribution is as good as the exact one. */
const LARGE = 20;

/**
 * One-sided Mann-Whitney test: whether `higher` lies above `lower` by more than chance. It asks nothing of how the values are
 * distributed, which a handful of rounds could not tell anyway. Ties count against a shift.
 *
 * Three values a side cannot get below a chance of 1 in 20 however far apart they lie, four not below 1 in 70: there every value
 * has to lie above every other. From five on the chance is at most 1 in 100.
 *
 * @see https://en.wikipedia.org/wiki/Mann%E2%80%93Whitney_U_test
 */
export function isShifted(higher: readonly number[], lower: readonly number[]): boolean {
  const [m, n] = [higher.length, lower.length];
  const wins = higher.reduce((sum, value) => sum + lower.filter((other) => value > other).length, 0);
  if (Math.min(m, n) >= LARGE) return (wins - (m * n) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12) >= Z_ALPHA;
  const chances = chancesOfWins(m, n);
  const chance = chances.slice(wins).reduce((sum, each) => sum + each, 0);
  return chance <= Math.max(ALPHA, chances[m * n] ?? 1);
}

/**
 * How probable each number of wins is when both sides are of one kind: the last value in order is one of the first side's
 * m of m + n, and then beats all n of the other side, or else leaves the question to those before it.
 *
 * @returns m·n + 1 probabilities
 */
export function chancesOfWins(m: number, n: number): number[] {
  let row = Array.from({ length: n + 1 }, () => [1]);
  for (let i = 1; i <= m; i++) {
    const next: number[][] = [[1]];
    for (let j = 1; j <= n; j++) {
      next.push(
        Array.from({ length: i * j + 1 }, (_, wins) => {
          const last = wins >= j ? (row[j]?.[wins - j] ?? 0) : 0;
          const notLast = next[j - 1]?.[wins] ?? 0;
          return (i * last + j * notLast) / (i + j);
        }),
      );
    }
    row = next;
  }
  return row[n] ?? [];
}
