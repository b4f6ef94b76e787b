import type { Coding, CodingChoice } from '../../shared/config.ts';

/** One item of the list: a coding and nothing but a weight behind it. An item of another form is not obeyed. */
const ITEM = /^[\t ]*([!#$%&'*+.^_`|~\w-]+)[\t ]*(?:;[\t ]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)[\t ]*)?$/i;

/**
 * The coding that the client likes best among ours, of those that it likes equally our first; null when it rather has the
 * content plain. `*` counts as gzip, the one coding that whoever writes an asterisk can decode.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
 */
export function chooseCoding(acceptEncoding: string | null, ours: readonly CodingChoice[]): CodingChoice | null {
  if (acceptEncoding === null) return null;
  const weights = parseWeights(acceptEncoding);
  const weightOf = (coding: Coding): number => {
    if (coding !== 'gzip') return weights.get(coding) ?? 0;
    return weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0;
  };
  let best: CodingChoice | null = null;
  let bestWeight = 0;
  for (const choice of ours) {
    const weight = weightOf(choice.coding);
    if (weight > bestWeight) {
      best = choice;
      bestWeight = weight;
    }
  }
  return bestWeight < (weights.get('identity') ?? 0) ? null : best;
}

function parseWeights(acceptEncoding: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const item of acceptEncoding.split(',')) {
    const [, coding, weight] = ITEM.exec(item) ?? [];
    if (coding !== undefined) weights.set(coding.toLowerCase(), Number(weight ?? 1));
  }
  return weights;
}
