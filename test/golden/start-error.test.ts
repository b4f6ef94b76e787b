import { expect, test } from 'vitest';
import { startGolden } from './start-golden.ts';

const { platform, common } = await startGolden({ AWS_LWA_ENABLE_COMPRESSION: 'maybe' });

test('a start that fails is reported for the runtime, then for the extension', async () => {
  expect((await platform.nextReport()).toString()).toBe(
    `POST /2018-06-01/runtime/init/error HTTP/1.1\r
${common}\r
lambda-runtime-function-error-type: Runtime.InvalidConfig\r
content-type: application/json\r
content-length: 137\r
\r
{"errorType":"Runtime.InvalidConfig","errorMessage":"AWS_LWA_ENABLE_COMPRESSION is \\"maybe\\": accepted is true or false","stackTrace":[]}`,
  );
  expect((await platform.nextReport()).toString()).toBe(
    `POST /2020-01-01/extension/init/error HTTP/1.1\r
${common}\r
lambda-extension-identifier: e-1\r
lambda-extension-function-error-type: Extension.InvalidConfig\r
content-type: application/json\r
content-length: 137\r
\r
{"errorType":"Runtime.InvalidConfig","errorMessage":"AWS_LWA_ENABLE_COMPRESSION is \\"maybe\\": accepted is true or false","stackTrace":[]}`,
  );
});
