import type { EnvironmentOptions } from '../emulator/environment.ts';
import type { PlatformStep } from '../emulator/index.ts';
import type { App } from './app-program.ts';
import type { DevOptions } from './options.ts';
import { isShown, showLine, showStep } from './process-log.ts';
import { BUILT_ADAPTER } from './project-files.ts';

/** What the command line asks for, as processes and variables. `folder` is the environment's own temporary folder. */
export function environmentOptions(
  options: DevOptions,
  { port, program }: App,
  folder: string,
  onStep: (step: PlatformStep) => void,
): EnvironmentOptions {
  // The hand-over of the concurrency is a file in the temporary folder, which environments of Lambda never share.
  const shared = { TMPDIR: folder, AWS_LWA_PORT: String(port) };
  return {
    emulator: {
      mode: options.concurrency > 1 ? 'managed-instances' : 'standard',
      maxConcurrency: options.concurrency,
      concurrencyVisibleToExtensions: options.visibleConcurrency,
      timeoutMs: options.timeoutMs,
      initTimeoutMs: options.initTimeoutMs,
      onStep: (step) => {
        onStep(step);
        if (options.verbose) showStep(step);
      },
    },
    adapter: {
      command: options.adapter === null ? [process.execPath, BUILT_ADAPTER] : [options.adapter],
      env: {
        ...shared,
        AWS_LWA_INVOKE_MODE: options.invokeMode,
        // JSON is for machines; here somebody reads along.
        AWS_LAMBDA_LOG_FORMAT: 'Text',
        AWS_LAMBDA_LOG_LEVEL: options.verbose ? 'DEBUG' : 'WARN',
        ...options.adapterEnv,
      },
    },
    app: program && { ...program, env: { ...program.env, ...shared } },
    inheritEnv: true,
    onLog: (source, line) => {
      if (isShown(source, options)) showLine(source, line);
    },
  };
}
