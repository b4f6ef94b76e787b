import type { Settings } from './settings.ts';

/**
 * The environment of extension processes and of the runtime process. What an extension does not get is the point: log
 * names, the handler, and, if wanted, the concurrency of Managed Instances. There are no credentials: nothing here calls AWS,
 * and made-up ones would shadow a developer's own.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function processVariables(settings: Settings, address: string) {
  const concurrency: Record<string, string> = settings.managed
    ? { AWS_LAMBDA_MAX_CONCURRENCY: String(settings.maxConcurrency) }
    : {};
  const shared = {
    AWS_LAMBDA_RUNTIME_API: address,
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: settings.functionVersion,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: settings.initializationType,
    AWS_LAMBDA_LOG_FORMAT: settings.managed ? 'JSON' : 'Text',
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
  return {
    extensionEnv: { ...shared, ...(settings.concurrencyVisibleToExtensions ? concurrency : {}) },
    runtimeEnv: {
      ...shared,
      ...concurrency,
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.functionName}`,
      AWS_LAMBDA_LOG_STREAM_NAME: `2026/01/01/[${settings.functionVersion}]0123456789abcdef0123456789abcdef`,
      _HANDLER: settings.handler,
    },
  };
}
