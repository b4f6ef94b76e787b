/**
 * Numbers that look random and are the same in every process and in every run, so that app and load side agree on a body
 * without sending it. The constants are those of Numerical Recipes.
 *
 * @returns a function that gives the next whole number from 0 to `below` - 1
 * @see https://en.wikipedia.org/wiki/Linear_congruential_generator
 */
export function randomSequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a sequence repeat soon.
    return Math.floor((state / 2 ** 32) * below);
  };
}
