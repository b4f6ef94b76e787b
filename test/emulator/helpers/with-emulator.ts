import { onTestFinished } from 'vitest';

import {
  startEmulator,
  type Emulator,
  type EmulatorOptions,
  type PlatformStep,
} from '../../../bench/emulator/index.ts';

import { PlatformClient } from './platform-client.ts';

interface Platform {
  readonly emulator: Emulator;
  readonly client: PlatformClient;
  readonly steps: readonly PlatformStep[];
}

/** An emulator for one test, without an expected extension unless the test names one. */
export async function withEmulator(options: EmulatorOptions): Promise<Platform> {
  const steps: PlatformStep[] = [];
  const emulator = await startEmulator({ extensions: [], onStep: (step) => steps.push(step), ...options });
  const client = new PlatformClient(emulator.address);
  onTestFinished(async () => {
    client.close();
    await emulator.close();
  });
  return { emulator, client, steps };
}
