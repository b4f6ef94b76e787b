import { NOISE, type FigureName } from '../../measure/figures.ts';

export type Direction = 'higher' | 'lower';

const HIGHER: readonly string[] = ['throughput', 'megabytesPerSecond'] satisfies FigureName[];
/** They say what the measurement was like, not what the adapter is like. */
const NEITHER: readonly string[] = ['startLagP99Ms', 'loadCpuUs', 'appCpuUs', NOISE] satisfies FigureName[];

/** Which way is better; null for neither. */
export function directionOf(figure: FigureName): Direction | null {
  if (NEITHER.includes(figure)) return null;
  return HIGHER.includes(figure) ? 'higher' : 'lower';
}
