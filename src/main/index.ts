import { basename } from 'node:path';
import { messageOf, toFailure } from '../shared/errors.ts';
import { createLogger } from '../shared/logger.ts';
import { loadConfig } from './config/load.ts';
import { Extension } from './extension/extension.ts';
import { reportAndExit } from './report-and-exit.ts';
import { createInvoker, serve } from './start.ts';

const { config, problems, warnings } = loadConfig(process.env);
const logger = createLogger(config.log);

// The end of this process is the end of the whole environment with all its invocations.
process.on('uncaughtException', (error) => logger.error(error, 'an error that nothing caught; the adapter goes on'));

void main();

async function main(): Promise<void> {
  for (const warning of warnings) logger.warn(warning);
  // First of all: Lambda does not start the app until every extension has registered.
  const registration = Extension.register(config.extensionsApi, basename(process.argv[1] ?? 'lambda-adapter')).catch(
    (error: unknown) => {
      const causes = problems.length > 0 ? problems : [`no extension without registration: ${messageOf(error)}`];
      for (const cause of causes) logger.fatal(cause);
      process.exit(1);
    },
  );
  if (problems.length > 0) {
    const failure = { errorType: 'Runtime.InvalidConfig', errorMessage: problems.join('; ') } as const;
    return reportAndExit(config, await registration, failure, logger);
  }
  try {
    const invoker = createInvoker(config, logger);
    await serve(config, await registration, invoker, logger);
  } catch (error) {
    return reportAndExit(config, await registration, toFailure(error), logger);
  }
}
