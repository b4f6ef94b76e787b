import { randomSequence } from '../scenarios/random-sequence.ts';

/** Parts that a random number is drawn from. */
const STEPS = 2 ** 32;

/**
 * Moments at which independent clients would come, so many per second on average: the gaps between them are exponentially
 * distributed. The same rate and seed give the same moments, so that every adapter meets the same crowd.
 *
 * @returns a function that gives the next moment, in milliseconds since the start
 * @see https://en.wikipedia.org/wiki/Poisson_point_process
 */
export function poissonArrivals(perSecond: number, seed: number): () => number {
  const next = randomSequence(seed);
  let ms = 0;
  return () => {
    // 1 - u is never 0, whose logarithm does not exist.
    ms -= (Math.log(1 - next(STEPS) / STEPS) / perSecond) * 1000;
    return ms;
  };
}
