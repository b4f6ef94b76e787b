export const FONT_SIZE = 14;

/**
 * Widths of characters in a bold DejaVu Sans, the widest of the fonts that a system's own may be, as shares of the font's size:
 * what fits by it fits everywhere. Nothing here draws text, so nothing here can measure it.
 */
const WIDTHS: readonly (readonly [characters: RegExp, share: number])[] = [
  [/[MWmw@%…]/, 1.12],
  [/[A-Z<>=+~_&#]/, 0.86],
  [/[iljft.,:;'|!() -]/, 0.46],
  [/[!-ɏ]/, 0.74],
];
const WIDEST = 1.12;

/** In units of the plot, rather too wide. */
export function widthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + shareOf(character), 0) * FONT_SIZE;
}

function shareOf(character: string): number {
  return WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? WIDEST;
}

/** Cut where it would be wider than that. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && widthOf(`${characters.join('')}…`) > width) characters.pop();
  return `${characters.join('')}…`;
}

/**
 * Moves positions apart, as little as that takes, so that labels do not lie on each other.
 *
 * @returns in the order given, each at least `gap` from the next where `[from, to]` has room for that
 */
export function spread(positions: readonly number[], gap: number, from: number, to: number): number[] {
  const order = positions.map((_, index) => index).toSorted((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const placed = new Map<number, number>();
  let least = from;
  for (const index of order) {
    const at = Math.max(positions[index] ?? 0, least);
    placed.set(index, at);
    least = at + gap;
  }
  let most = to;
  for (const index of order.toReversed()) {
    const at = Math.min(placed.get(index) ?? 0, most);
    placed.set(index, at);
    most = at - gap;
  }
  return positions.map((_, index) => placed.get(index) ?? 0);
}
