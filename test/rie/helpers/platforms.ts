import { onTestFinished } from 'vitest';
import { startEmulator } from '../../../bench/emulator/index.ts';
import { PlatformClient, requestIdOf, type Answer } from '../../emulator/helpers/platform-client.ts';
import { startRie } from './rie.ts';

export type Mode = 'standard' | 'managed-instances';

/** A platform in whose environment the test itself plays the runtime and the extensions. */
export interface Platform {
  readonly client: PlatformClient;
  readonly mode: Mode;
  /** Starts an invocation; nobody asks what becomes of it. */
  readonly invoke: () => void;
  /** Ends the environment. */
  readonly shutDown: () => void;
}

export interface PlatformOptions {
  readonly mode: Mode;
  readonly timeoutSeconds?: number;
  /** Names of external extensions. */
  readonly extensions?: readonly string[];
}

const MAX_CONCURRENCY = 8;

/** AWS's emulator. Its processes sleep. */
export async function theirs({ mode, timeoutSeconds = 20, extensions = [] }: PlatformOptions): Promise<Platform> {
  const rie = await startRie({
    timeoutSeconds,
    withAdapter: false,
    bootstrap: sleeper('runtime'),
    extensions: Object.fromEntries(extensions.map((name) => [name, sleeper(name)])),
    ...(mode === 'managed-instances' && { maxConcurrency: MAX_CONCURRENCY }),
  });
  const client = clientOf(rie.runtimeApi);
  const invoke = () => void rie.invoke('{}').catch(() => {});
  // Init begins with the first invocation in standard mode, and by itself on Managed Instances.
  if (mode === 'standard') invoke();
  // Only then may calls be made in the name of a process.
  for (const name of extensions.length > 0 ? extensions : ['runtime']) await rie.log.find(`${name} sleeps`);
  let isFirst = mode === 'standard';
  return {
    client,
    mode,
    invoke: () => {
      if (!isFirst) invoke();
      isFirst = false;
    },
    shutDown: () => void rie.stop(),
  };
}

function sleeper(name: string): string {
  return `echo ${name} sleeps; exec sleep 60`;
}

/** The emulator of this project. */
export async function ours({ mode, timeoutSeconds = 20, extensions = [] }: PlatformOptions) {
  const emulator = await startEmulator({
    mode,
    timeoutMs: timeoutSeconds * 1000,
    maxConcurrency: MAX_CONCURRENCY,
    extensions,
  });
  onTestFinished(() => emulator.close());
  return {
    client: clientOf(emulator.address),
    mode,
    invoke: () => void emulator.invoke('{}'),
    shutDown: () => void emulator.shutdown('SPINDOWN'),
    variables: { extensionEnv: emulator.extensionEnv, runtimeEnv: emulator.runtimeEnv },
  } satisfies Platform & { variables: object };
}

export function clientOf(address: string): PlatformClient {
  const client = new PlatformClient(address);
  onTestFinished(() => client.close());
  return client;
}

/** Starts an invocation and takes it: the answer to the poll. */
export async function takeEvent({ client, mode, invoke }: Platform): Promise<Answer> {
  if (mode === 'standard') {
    invoke();
    return client.next();
  }
  const polled = client.next();
  // Refused until the poll is parked; afterwards as well, for there is only one.
  const repeated = setInterval(invoke, 20);
  return polled.finally(() => clearInterval(repeated));
}

/** Starts an invocation and takes it: its request id. */
export async function take(platform: Platform): Promise<string> {
  return requestIdOf(await takeEvent(platform));
}

/** The part of an answer that a runtime can act on. */
export function verdict({ status, text }: Answer): string {
  const errorType = /"errorType":"([^"]+)"/.exec(text)?.[1];
  return errorType === undefined ? String(status) : `${status} ${errorType}`;
}
