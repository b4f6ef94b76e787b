import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A program that this one starts, as a process or a thread: in the checkout at its path from the module that asks, in the
 * package, where every program is one bundle, beside this one.
 *
 * @param path relative, of the TypeScript source
 * @param from `import.meta.url` of who asks
 */
export function programFile(path: string, from: string): string {
  return fileURLToPath(new URL(from.endsWith('.ts') ? path : `./${basename(path, '.ts')}.mjs`, from));
}
