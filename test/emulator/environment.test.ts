import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';

import { startEnvironment, type EnvironmentOptions } from '../../bench/emulator/environment.ts';

const EXTENSION = fileURLToPath(new URL('fixtures/extension.mjs', import.meta.url));

async function start(behaviour: string, options: Partial<EnvironmentOptions> = {}) {
  const logs: string[] = [];
  const environment = await startEnvironment({
    emulator: { mode: 'managed-instances', maxConcurrency: 3, onStep: ({ kind }) => logs.push(`platform: ${kind}`) },
    adapter: { command: [process.execPath, EXTENSION], env: { BEHAVIOUR: behaviour } },
    app: null,
    onLog: (source, line) => logs.push(`${source}: ${line}`),
    ...options,
  });
  onTestFinished(async () => {
    await environment.stop();
  });
  return { environment, emulator: environment.emulator, logs };
}

test('the adapter is started with the variables of an extension only, the app after it has registered', async () => {
  vi.stubEnv('OF_THE_PARENT', '1');
  onTestFinished(() => void vi.unstubAllEnvs());
  const app = { command: ['/bin/sh', '-c', 'echo with $AWS_LAMBDA_MAX_CONCURRENCY; sleep 60'] };
  const { environment, emulator, logs } = await start('', { app });
  await emulator.waitForInit();
  await expect.poll(() => logs).toContain('app: with 3');
  expect(logs.indexOf('platform: registered')).toBeLessThan(logs.indexOf('app: with 3'));
  const variables = logs.find((line) => line.startsWith('adapter: variables')) ?? '';
  expect(variables).toMatch(/ AWS_LAMBDA_RUNTIME_API .* PATH/);
  expect(variables).not.toMatch(/_HANDLER|AWS_LAMBDA_LOG_(GROUP|STREAM)|OF_THE_PARENT/);
  expect(await emulator.invoke('{"a":1}')).toMatchObject({ kind: 'response', body: Buffer.from('{"a":1}') });
  expect(await environment.stop()).toMatchObject({ adapterExitCode: 0, app: { signal: 'SIGTERM' } });
});

test('an adapter that does not subscribe to SHUTDOWN is killed, and one that ignores it after the budget', async () => {
  const unsubscribed = await start('unsubscribed');
  expect(await unsubscribed.environment.stop()).toMatchObject({ adapterExitCode: null, adapterSignal: 'SIGKILL' });

  const ignoring = await start('ignores-shutdown');
  await ignoring.emulator.waitForInit();
  const before = performance.now();
  expect(await ignoring.environment.stop()).toMatchObject({ adapterExitCode: null, adapterSignal: 'SIGKILL' });
  expect(performance.now() - before).toBeGreaterThan(1900);
});

test('an adapter that ends before it registers, or cannot be started, fails the start with its last lines', async () => {
  await expect(start('exit-at-start')).rejects.toThrow(/exit code 4\. Its last lines:\n[^]*cannot start/);
  await expect(start('', { adapter: { command: ['/nowhere/adapter'] } })).rejects.toThrow(/ENOENT/);
});

test('a process that ends later fails the invocations', async () => {
  const crashing = await start('');
  await crashing.emulator.waitForInit();
  expect(await crashing.emulator.invoke('"crash"')).toMatchObject({ kind: 'error', errorType: 'Extension.Crash' });
  await expect(crashing.emulator.waitForParked(1)).rejects.toThrow(/exit code 5/);

  const { environment, emulator } = await start('', { app: { command: ['/bin/sh', '-c', 'echo bye; exit 3'] } });
  await environment.app?.exited;
  expect(await emulator.invoke('{}')).toMatchObject({ kind: 'error', errorType: 'Runtime.ExitError' });
});

test('no process survives when this one is killed', async () => {
  const parent = spawn(process.execPath, [fileURLToPath(new URL('fixtures/orphans.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  const pids = String(line).trim().split(' ').map(Number);
  expect(pids.every(isAlive)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => pids.some(isAlive), { timeout: 3000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
