import type { AdapterOptions } from './adapter.ts';

/** Room for a fault and its neighbours, on several threads: what one of them does to the others would show. */
export const CROWDED: AdapterOptions = {
  emulator: { mode: 'managed-instances', maxConcurrency: 64, concurrencyVisibleToExtensions: true },
  env: { AWS_LWA_WORKERS: '2' },
};
