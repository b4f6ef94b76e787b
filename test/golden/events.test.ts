import { describe, expect, test } from 'vitest';
import { queueEvent } from '../helpers/events.ts';
import { startGolden } from './start-golden.ts';

const { answer, common } = await startGolden();

const JSON_TYPE = [['content-type', 'application/json']] as const;
const TEXT = [['content-type', 'text/plain']] as const;

describe('the answer to an event that is not a request is one POST', () => {
  test('of the JSON text that the app wrote, byte for byte', async () => {
    const sent = await answer(queueEvent('a'), { headers: JSON_TYPE, body: ' {"ä" : 1.0, "a": 1}\n' });
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: 22\r
\r
 {"ä" : 1.0, "a": 1}
`,
    );
  });

  test.each([
    ['is no JSON', { headers: TEXT, body: 'done' }],
    ['is empty', { status: 204 }],
    ['is binary', { headers: [['content-type', 'image/png']], body: '{}' } as const],
  ])('of null when the body %s', async (_what, scripted) => {
    expect((await answer(queueEvent('a'), scripted)).toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: 4\r
\r
null`,
    );
  });

  test('of an error when the status says so, with status and body in the message', async () => {
    const sent = await answer(queueEvent('a'), { status: 500, headers: TEXT, body: 'nö "x"' });
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/error HTTP/1.1\r
${common}\r
content-type: application/json\r
lambda-runtime-function-error-type: Function.AppErrorStatus\r
content-length: 120\r
\r
{"errorType":"Function.AppErrorStatus","errorMessage":"{\\"statusCode\\":500,\\"body\\":\\"nö \\\\\\"x\\\\\\"\\"}","stackTrace":[]}`,
    );
  });
});
