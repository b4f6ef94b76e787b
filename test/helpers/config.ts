import type { Config } from '../../src/shared/config.ts';

const ADDRESS = { host: '127.0.0.1', port: 8080 };

/** A configuration as of an environment without a single variable of ours, but silent. */
export function testConfig(overrides: Partial<Config> = {}): Config {
  return {
    app: ADDRESS,
    readiness: { ...ADDRESS, path: '/', protocol: 'http', healthyStatuses: [[100, 499]], timeoutMs: null },
    asyncInit: false,
    basePath: null,
    passThroughPath: '/events',
    authorizationSource: null,
    errorStatuses: [],
    eventErrorStatuses: [[400, 999]],
    invokeMode: 'buffered',
    compression: [],
    deadlineMarginMs: 100,
    appRestartTimeoutMs: 10_000,
    snapStart: { beforeCheckpointPath: null, afterRestorePath: null },
    poolIdleTimeoutMs: 4000,
    initializationType: 'on-demand',
    runtimeApi: { host: '127.0.0.1', port: 9001 },
    extensionsApi: { host: '127.0.0.1', port: 9001 },
    maxConcurrency: 1,
    workers: 0,
    log: { format: 'json', level: 'fatal' },
    lambda: {
      functionName: 'test-function',
      functionVersion: '$LATEST',
      memoryMb: 128,
      logGroup: '/aws/lambda/test-function',
      logStream: '2026/01/01/[$LATEST]0123456789abcdef',
    },
    ...overrides,
  };
}
