// Runs two programs as Lambda would run an extension and a runtime process, sends the example's requests, prints what
// happened. docker/test.sh gives it programs that run in a container, or from an unpacked layer.
//   node test/docker/serve-and-check.ts ADAPTER APP CONCURRENCY
import { run } from '../../bench/dev/check.ts';
import { exampleChecks } from '../../bench/dev/example-checks.ts';
import { anyFreePort } from '../../bench/dev/ports.ts';
import { showLine } from '../../bench/dev/process-log.ts';
import { resultsTable } from '../../bench/dev/results-table.ts';
import { startEnvironment } from '../../bench/emulator/environment.ts';
import { startGateway } from '../../bench/emulator/gateway.ts';

const [adapter = '', app = '', concurrencyText = '1'] = process.argv.slice(2);
const concurrency = Number(concurrencyText);
const invokeMode = 'response_stream';
const env = { PORT: String(await anyFreePort()) };

const environment = await startEnvironment({
  emulator: {
    mode: concurrency > 1 ? 'managed-instances' : 'standard',
    maxConcurrency: concurrency,
    timeoutMs: 20_000,
    initTimeoutMs: 20_000,
  },
  adapter: { command: [adapter], name: 'lambda-adapter', env: { ...env, AWS_LWA_INVOKE_MODE: invokeMode } },
  app: { command: [app], env: { ...env, _HANDLER: '' } },
  onLog: showLine,
});
try {
  await environment.emulator.waitForInit();
  await environment.emulator.waitForParked(concurrency);
  const gateway = await startGateway({
    emulator: environment.emulator,
    port: 0,
    eventSource: 'function-url',
    invokeMode,
  });
  const results = [];
  for (const check of exampleChecks({ concurrency, invokeMode })) results.push(await run(check, gateway.url));
  await gateway.close();
  console.log(resultsTable(results));
  if (environment.emulator.mostParked !== concurrency) {
    // More polls are what the adapter guesses when the concurrency was not handed over to it.
    console.error(`the adapter polled ${environment.emulator.mostParked} times at once instead of ${concurrency}`);
    process.exitCode = 1;
  }
  if (results.some((result) => result.problem !== null)) process.exitCode = 1;
} finally {
  const { adapterExitCode } = await environment.stop();
  if (adapterExitCode !== 0) {
    console.error(`the adapter did not end by itself at SHUTDOWN: exit code ${adapterExitCode}`);
    process.exitCode = 1;
  }
}
