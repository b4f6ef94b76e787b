import { basename } from 'node:path';
import { messageOf, toFailure, type Failure } from '../shared/errors.ts';
import { createLogger } from '../shared/logger.ts';
import { loadConfig } from './config/load.ts';
import { Extension } from './extension/extension.ts';
import { keepFreedMemory } from './keep-freed-memory.ts';
import { reportAndExit } from './report-and-exit.ts';
import { exitOnSignals } from './shutdown.ts';
import { createInvoker, serve } from './start.ts';

exitOnSignals();
keepFreedMemory();
const { config, problems, warnings } = loadConfig(process.env);
const logger = createLogger(config.log);

// The end of this process is the end of the whole environment with all its invocations.
process.on('uncaughtException', (error) => logger.error(error, 'an error that nothing caught; the adapter goes on'));

void main();

async function main(): Promise<void> {
  for (const warning of warnings) logger.warn(warning);
  // First of all: Lambda does not start the app until every extension has registered.
  const registration = Extension.register(config.extensionsApi, basename(process.argv[1] ?? 'lambda-adapter')).catch(
    (error: unknown) => exit(null, problems.length > 0 ? invalidConfig() : notRegistered(error)),
  );
  if (problems.length > 0) return exit(await registration, invalidConfig());
  try {
    const invoker = createInvoker(config, logger);
    await serve(config, await registration, invoker, logger);
  } catch (error) {
    return exit(await registration, toFailure(error));
  }
}

function exit(extension: Extension | null, failure: Failure): Promise<never> {
  return reportAndExit({ config, extension, logger, phase: 'init' }, failure);
}

function invalidConfig(): Failure {
  return { errorType: 'Runtime.InvalidConfig', errorMessage: problems.join('; ') };
}

function notRegistered(error: unknown): Failure {
  return {
    errorType: 'Runtime.RegistrationFailed',
    errorMessage: `no extension without registration: ${messageOf(error)}`,
  };
}
