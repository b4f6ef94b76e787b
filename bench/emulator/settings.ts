import type { EmulatorOptions } from './types.ts';

/** The options with the platform's defaults filled in. */
export type Settings = Required<Omit<EmulatorOptions, 'onStep'>> & {
  readonly onStep: NonNullable<EmulatorOptions['onStep']>;
  readonly managed: boolean;
  readonly hasSnapshot: boolean;
  readonly region: string;
  readonly accountId: string;
  readonly functionVersion: string;
  readonly functionArn: string;
  readonly handler: string;
};

const REGION = 'us-east-1';
const ACCOUNT_ID = '123456789012';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
const FUNCTION_TIMEOUT_MS = 3000;
/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const STANDARD_INIT_MS = 10_000;
/** Where environments are made ahead of time. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const LONG_INIT_MS = 130_000;
/** What one vCPU of a Node.js function gets. */
const MANAGED_CONCURRENCY = 64;
const MANAGED_MEMORY_MB = 2048;
const STANDARD_MEMORY_MB = 128;

export function withDefaults(options: EmulatorOptions): Settings {
  const managed = options.mode === 'managed-instances';
  const functionName = options.functionName ?? 'function';
  // Managed Instances run published versions only.
  const functionVersion = managed ? '1' : '$LATEST';
  const unqualifiedArn = `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${functionName}`;
  const initializationType = options.initializationType ?? (managed ? 'lambda-managed-instances' : 'on-demand');
  const timeoutMs = options.timeoutMs ?? FUNCTION_TIMEOUT_MS;
  return {
    mode: options.mode,
    managed,
    hasSnapshot: !managed && initializationType === 'snap-start',
    maxConcurrency: options.maxConcurrency ?? (managed ? MANAGED_CONCURRENCY : 1),
    concurrencyVisibleToExtensions: options.concurrencyVisibleToExtensions ?? true,
    initializationType,
    functionName,
    functionVersion,
    functionArn: managed ? `${unqualifiedArn}:${functionVersion}` : unqualifiedArn,
    handler: 'bootstrap',
    region: REGION,
    accountId: ACCOUNT_ID,
    memoryMb: options.memoryMb ?? (managed ? MANAGED_MEMORY_MB : STANDARD_MEMORY_MB),
    timeoutMs,
    initTimeoutMs:
      options.initTimeoutMs ??
      (initializationType === 'on-demand' ? STANDARD_INIT_MS : Math.max(LONG_INIT_MS, timeoutMs)),
    port: options.port ?? 0,
    invocationIds: options.invocationIds ?? managed,
    extensions: options.extensions ?? ['lambda-adapter'],
    onStep: options.onStep ?? (() => {}),
  };
}
