import type { LogLines } from '../../helpers/log-lines.ts';

/** Tells whether a log has all these texts, in this order. For `toSatisfy`. */
export function inOrder(...texts: readonly string[]): (log: LogLines) => boolean {
  return ({ lines }) => {
    const places = texts.map((text) => lines.findIndex((line) => line.includes(text)));
    return places.every((place, index) => place > (places[index - 1] ?? -1));
  };
}
