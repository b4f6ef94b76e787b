import { fileURLToPath } from 'node:url';

/** Variables that make the adapter's Node load a file of `test/preloads` on each of its threads before anything else. */
export function preload(name: string): Record<string, string> {
  const file = fileURLToPath(new URL(`../preloads/${name}`, import.meta.url));
  return { NODE_OPTIONS: `--require=${file}` };
}

/** Variables that make the adapter's timers of exactly this length fire after a moment. */
export function shortTimer(milliseconds: number): Record<string, string> {
  return { ...preload('short-timer.cjs'), SHORT_TIMER_MS: String(milliseconds) };
}
