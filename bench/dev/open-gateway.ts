import { startGateway, type Gateway } from '../emulator/gateway.ts';
import type { Emulator } from '../emulator/index.ts';
import type { DevOptions } from './options.ts';
import { anyFreePort, freePortFrom } from './ports.ts';

/** Opens the gateway on the port asked for, or on the next free one and says so. The app may yet want `appPort`. */
export async function openGateway(
  emulator: Emulator,
  appPort: number,
  { port, eventSource, invokeMode }: DevOptions,
): Promise<Gateway> {
  const free = port === 0 ? await anyFreePort() : await freePortFrom(port, appPort);
  if (port !== 0 && free !== port) console.error(`Port ${port} is taken: serving on ${free} instead.`);
  return startGateway({ emulator, port: free, eventSource, invokeMode });
}
