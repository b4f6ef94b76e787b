import { describe, expect, test } from 'vitest';
import { request } from '../helpers/events.ts';
import type { Script, ScriptedAnswer } from '../helpers/scripted-app.ts';
import { startGolden } from './start-golden.ts';

const RESERVED = '/prepare';
const { answer, app, common } = await startGolden({
  AWS_LWA_ERROR_STATUS_CODES: '503',
  AWS_LWA_SNAPSTART_BEFORE_CHECKPOINT_PATH: RESERVED,
});

describe('an invocation that fails is reported with its type as a header and in the body', () => {
  test('when the event is no JSON, of which nothing is repeated', async () => {
    expect((await answer('secret', {})).toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/error HTTP/1.1\r
${common}\r
content-type: application/json\r
lambda-runtime-function-error-type: Function.InvalidEvent\r
content-length: 151\r
\r
{"errorType":"Function.InvalidEvent","errorMessage":"the event cannot become a request: its 6 bytes are not one JSON value (RFC 8259)","stackTrace":[]}`,
    );
  });

  test('and names the attempt where the platform has named it', async () => {
    expect((await answer('', {}, { 'Lambda-Runtime-Invocation-Id': 'n-1' })).toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/error HTTP/1.1\r
${common}\r
content-type: application/json\r
lambda-runtime-invocation-id: n-1\r
lambda-runtime-function-error-type: Function.InvalidEvent\r
content-length: 143\r
\r
{"errorType":"Function.InvalidEvent","errorMessage":"the event cannot become a request: it is empty; accepted: one JSON value","stackTrace":[]}`,
    );
  });

  test('when the app breaks off, with nothing of what it had written', async () => {
    const sent = await answer(request('/'), (_request, connection) => {
      connection.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nten bytes.');
      connection.end();
    });
    const json = `{"errorType":"Function.AppConnectionReset","errorMessage":"the app at 127.0.0.1:${app.port} closed the connection in the middle of its response (other side closed): look in its log for a crash or a timeout of its own","stackTrace":[]}`;
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/error HTTP/1.1\r
${common}\r
content-type: application/json\r
lambda-runtime-function-error-type: Function.AppConnectionReset\r
content-length: ${json.length}\r
\r
${json}`,
    );
  });
});

describe('what the app answers and cannot be passed on is reported as', () => {
  const failures: readonly (readonly [errorType: string, answer: ScriptedAnswer | Script, errorMessage: string])[] = [
    [
      'Function.AppErrorStatus',
      { status: 503, headers: [['content-type', 'text/plain']], body: 'no "database"' },
      String.raw`{\"statusCode\":503,\"body\":\"no \\\"database\\\"\"}`,
    ],
    [
      'Function.ResponseTooLarge',
      { headers: [['content-length', '104857600']] },
      'the response is too large for a buffered answer: its body has 104857600 bytes, where Lambda takes 6291556 bytes as JSON (a third more for binary content): set AWS_LWA_INVOKE_MODE=response_stream and stream it, or answer with less',
    ],
    [
      'Function.AppInvalidResponse',
      (_request, connection) => void connection.write('hello\r\n\r\n'),
      `the app at 127.0.0.1:${app.port} did not answer in HTTP/1.1 (the first line is not an HTTP/1.1 status line): check that AWS_LWA_PORT is the port of the web app and that it neither speaks TLS there nor switches protocols`,
    ],
  ];

  test.each(failures)('%s', async (errorType, scripted, errorMessage) => {
    const json = `{"errorType":"${errorType}","errorMessage":"${errorMessage}","stackTrace":[]}`;
    expect((await answer(request('/'), scripted)).toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/error HTTP/1.1\r
${common}\r
content-type: application/json\r
lambda-runtime-function-error-type: ${errorType}\r
content-length: ${json.length}\r
\r
${json}`,
    );
  });
});

test('a request for a path that is not for anybody outside is answered with 403', async () => {
  expect((await answer(request(RESERVED), {})).toString()).toBe(
    `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: 154\r
\r
{"statusCode":403,"headers":{"content-type":"text/plain; charset=utf-8"},"cookies":[],"multiValueHeaders":{},"body":"Forbidden\\n","isBase64Encoded":false}`,
  );
});

test('a request whose deadline passes is answered with 504', async () => {
  const deadline = String(Date.now() + 300);
  const sent = await answer(request('/'), () => {}, { 'Lambda-Runtime-Deadline-Ms': deadline });
  expect(sent.toString()).toBe(
    `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: 184\r
\r
{"statusCode":504,"headers":{"content-type":"text/plain; charset=utf-8"},"cookies":[],"multiValueHeaders":{},"body":"The application did not answer in time.\\n","isBase64Encoded":false}`,
  );
});
