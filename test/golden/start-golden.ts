import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { startProcess } from '../../bench/emulator/environment-process.ts';
import { OrphanGuard } from '../../bench/emulator/orphan-guard.ts';
import { startApp, type ScriptedAnswer, type ScriptedApp, type Script } from '../helpers/scripted-app.ts';
import { startRecordingPlatform, type RecordingPlatform, type SentInvocation } from './recording-platform.ts';

const ADAPTER = fileURLToPath(new URL('../../dist/lambda-adapter', import.meta.url));
const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

export interface Golden {
  readonly app: ScriptedApp;
  readonly platform: RecordingPlatform;
  /** The header lines that every request to the platform begins with: where it goes and who sends it. */
  readonly common: string;
  /** Every byte of the request by which an event is answered after the app has answered it like this. */
  readonly answer: (
    event: object | string,
    answer: ScriptedAnswer | Script,
    headers?: SentInvocation['headers'],
  ) => Promise<Buffer>;
}

/** Starts the built adapter between an app and a recording platform; it ends with the tests of the file. */
export async function startGolden(env: Readonly<Record<string, string>> = {}): Promise<Golden> {
  const app = await startApp();
  const platform = await startRecordingPlatform();
  const home = mkdtempSync(join(tmpdir(), 'golden-test-'));
  const guard = new OrphanGuard();
  const adapter = startProcess(
    [process.env['ADAPTER_NODE'] ?? process.execPath, ADAPTER],
    {
      PATH: process.env['PATH'] ?? '',
      TMPDIR: home,
      AWS_LAMBDA_RUNTIME_API: platform.address,
      AWS_LWA_PORT: String(app.port),
      ...env,
    },
    home,
    () => {},
  );
  guard.watch(adapter.pid);
  afterAll(async () => {
    adapter.signal('SIGKILL');
    await adapter.exited;
    guard.dismiss();
    platform.close();
    await app.die();
    rmSync(home, { recursive: true, force: true });
  });
  return {
    app,
    platform,
    common: `host: ${platform.address}\r\nuser-agent: lambda-web-adapter/${version}`,
    answer(event, answer, headers = {}) {
      app.script = typeof answer === 'function' ? answer : (_request, connection) => connection.answer(answer);
      return platform.answerTo({ event: typeof event === 'string' ? event : JSON.stringify(event), headers });
    },
  };
}
