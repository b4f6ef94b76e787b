import { expect, test } from 'vitest';
import { startGolden } from './start-golden.ts';

const { app, platform, common } = await startGolden({
  AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start',
  AWS_LWA_SNAPSTART_AFTER_RESTORE_PATH: '/after-restore',
});
app.probe = ({ method }, connection) => connection.answer(method === 'POST' ? { status: 503 } : {});

test('a restore that fails is reported for the runtime, then for the extension', async () => {
  const body = `{"errorType":"Runtime.AfterRestoreError","errorMessage":"POST /after-restore on 127.0.0.1:${app.port} has to be answered with a status of 200 to 299, and the answer was 503","stackTrace":[]}`;
  expect((await platform.nextReport()).toString()).toBe(
    `POST /2018-06-01/runtime/restore/error HTTP/1.1\r
${common}\r
lambda-runtime-function-error-type: Runtime.AfterRestoreError\r
content-type: application/json\r
content-length: ${body.length}\r
\r
${body}`,
  );
  expect((await platform.nextReport()).toString()).toBe(
    `POST /2020-01-01/extension/init/error HTTP/1.1\r
${common}\r
lambda-extension-identifier: e-1\r
lambda-extension-function-error-type: Extension.AfterRestoreError\r
content-type: application/json\r
content-length: ${body.length}\r
\r
${body}`,
  );
});
