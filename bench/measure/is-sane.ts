import { MAY_BE_ZERO, MAY_NOT_APPLY, type FigureName } from './figures.ts';

/** Whether a figure can be what was measured; how large it is, is the machine's affair. */
export function isSane(name: FigureName, value: number): boolean {
  if (Number.isNaN(value)) return MAY_NOT_APPLY.includes(name);
  return Number.isFinite(value) && (value > 0 || (value === 0 && MAY_BE_ZERO.includes(name)));
}
