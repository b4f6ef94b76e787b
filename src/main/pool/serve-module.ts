import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../shared/config.ts';
import type { Dispatcher, Post } from '../../shared/protocol.ts';

/** The invocation code: a bundle of its own, which the coordinator loads only when it runs invocations itself. */
export const SERVE_FILE = fileURLToPath(new URL('./serve.js', import.meta.url));

interface ServeModule {
  createDispatcher(config: Config, post: Post): Dispatcher;
}

export function loadServeModule(): ServeModule {
  const loaded: unknown = createRequire(import.meta.url)(SERVE_FILE);
  if (!isServeModule(loaded)) throw new Error(`${SERVE_FILE} is not the adapter's invocation code`);
  return loaded;
}

function isServeModule(loaded: unknown): loaded is ServeModule {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    'createDispatcher' in loaded &&
    typeof loaded.createDispatcher === 'function'
  );
}
