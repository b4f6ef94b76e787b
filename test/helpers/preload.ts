import { fileURLToPath } from 'node:url';

/** Variables that make the adapter's Node load a file of `test/preloads` on each of its threads before anything else. */
export function preload(name: string): Record<string, string> {
  const file = fileURLToPath(new URL(`../preloads/${name}`, import.meta.url));
  return { NODE_OPTIONS: `--require=${file}` };
}
