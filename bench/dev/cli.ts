import { messageOf } from '../../src/shared/errors.ts';
import { helpText } from './help.ts';
import { parseOptions, UsageError, type DevOptions } from './options.ts';
import { PROGRAM } from './invoked-as.ts';
import { runOnce } from './run-once.ts';
import { serveUntilStopped } from './serve-until-stopped.ts';
import { startSession, type Session } from './session.ts';
import { StartError } from './start-error.ts';
import { stopSignal } from './stop-signal.ts';

process.exitCode = await main(process.argv.slice(2));
// Sockets that a client keeps open must not keep the user waiting.
process.exit();

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (!options.help) return await serve(options);
    console.log(helpText());
    return 0;
  } catch (error) {
    return explain(error);
  }
}

/** @returns the exit code */
async function serve(options: DevOptions): Promise<number> {
  const stop = stopSignal();
  const session = await startSession(options, stop);
  try {
    return options.once ? await runOnce(session, options, stop) : await serveUntilStopped(session, options, stop);
  } finally {
    await session.close();
    if (!options.once) console.log(summary(session));
  }
}

function summary({ observer: { requests, errors } }: Session): string {
  return `Stopped. ${counted(requests, 'request')}, ${counted(errors, 'error')}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}.\n${PROGRAM} --help shows all options.`);
    return 2;
  }
  console.error(error instanceof StartError ? error.message : `This should not have happened: ${messageOf(error)}`);
  return 1;
}
