import type { AdapterOptions } from '../helpers/adapter.ts';

/** Both ways in which invocations run, each with streamed answers and these variables. */
export function streamingModes(env: Readonly<Record<string, string>> = {}): [name: string, options: AdapterOptions][] {
  return [
    ['on the coordinator thread', { env: { AWS_LWA_INVOKE_MODE: 'response_stream', ...env } }],
    ['on a worker thread', manyStreams('1', env)],
  ];
}

/** Up to 64 streams at once. */
export function manyStreams(workers: string, env: Readonly<Record<string, string>> = {}): AdapterOptions {
  return {
    emulator: { mode: 'managed-instances', maxConcurrency: 64, concurrencyVisibleToExtensions: true },
    env: { AWS_LWA_INVOKE_MODE: 'response_stream', AWS_LWA_WORKERS: workers, ...env },
  };
}
