import { describe, expect, test } from 'vitest';
import { request } from '../helpers/events.ts';
import { startGolden } from './start-golden.ts';

const { answer, app, common } = await startGolden();

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
