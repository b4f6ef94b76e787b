import type { Answer, Check } from './check.ts';
import type { DevOptions } from './options.ts';

const PNG_START = Buffer.from('89504e470d0a1a0a', 'hex');
const PNG_END = Buffer.from('49454e44ae426082', 'hex');
const MESSAGE = JSON.stringify({ text: 'grüße, 世界', list: [1, 2, 3] });
const SSE_PAUSE_MS = 150;
const SLOW_MS = 500;

/** What `--once` asks of examples/hello: each request shows one thing that an adapter can get wrong. */
export function exampleChecks(options: Pick<DevOptions, 'concurrency' | 'invokeMode'>): Check[] {
  return [
    {
      method: 'GET',
      path: '/',
      shows: 'an HTML page',
      verify: (answer) => expectStatus(answer, 200) ?? expectText(answer, 'Hello from Lambda'),
    },
    {
      method: 'POST',
      path: '/echo?name=J%C3%BCrgen&tag=a%2Bb',
      headers: { 'content-type': 'application/json' },
      body: MESSAGE,
      shows: 'query and JSON body, unchanged',
      verify: verifyEcho,
    },
    { method: 'GET', path: '/image.png', shows: 'a binary answer, byte for byte', verify: verifyPicture },
    {
      method: 'GET',
      path: '/cookies',
      headers: { cookie: 'a=1; b=2' },
      shows: 'two cookies there, two cookies back',
      verify: verifyCookies,
    },
    {
      method: 'GET',
      path: '/headers',
      shows: 'what Lambda knows, as x-amzn-request-context',
      verify: (answer) => expectStatus(answer, 200) ?? expectText(answer, '"x-amzn-request-context"'),
    },
    {
      method: 'GET',
      path: '/nothing-here',
      shows: "the app's own 404",
      verify: (answer) => expectStatus(answer, 404) ?? expectText(answer, 'nothing at /nothing-here'),
    },
    ...(options.invokeMode === 'response_stream' ? [streamCheck] : []),
    ...(options.concurrency > 1 ? [concurrencyCheck(options.concurrency)] : []),
  ];
}

const streamCheck: Check = {
  method: 'GET',
  path: `/sse?count=3&ms=${SSE_PAUSE_MS}`,
  shows: 'three events, each sent on as it was written',
  verify: (answer) => expectStatus(answer, 200) ?? expectText(answer, 'id: 3\n') ?? verifySpread(answer),
};

/** Ten at most: enough to see, few enough for any machine. */
function concurrencyCheck(concurrency: number): Check {
  const times = Math.min(concurrency, 10);
  return {
    method: 'GET',
    path: `/slow?ms=${SLOW_MS}`,
    times,
    shows: `${times} slow requests at the same time`,
    verify: (answer) => expectStatus(answer, 200) ?? verifyOverlap(answer, times),
  };
}

function verifyEcho(answer: Answer): string | null {
  const problem = expectStatus(answer, 200) ?? expectText(answer, '"contentType": "application/json"');
  if (problem !== null) return problem;
  const echoed: Record<string, unknown> = JSON.parse(answer.body.toString());
  if (echoed['body'] !== MESSAGE) return 'the app received another body';
  const query = JSON.stringify(echoed['query']);
  return query === '{"name":"Jürgen","tag":"a+b"}' ? null : `the app received the query ${query}`;
}

function verifyPicture(answer: Answer): string | null {
  const problem = expectStatus(answer, 200);
  if (problem !== null) return problem;
  const whole = answer.body.subarray(0, 8).equals(PNG_START) && answer.body.subarray(-8).equals(PNG_END);
  return whole ? null : 'the picture arrived damaged';
}

function verifyCookies(answer: Answer): string | null {
  const cookies = answer.headers.getSetCookie().length;
  if (cookies !== 2) return `${cookies} set-cookie lines came back`;
  return expectStatus(answer, 200) ?? expectText(answer, '"received": "a=1; b=2"');
}

/** A buffered answer would have its first byte together with its last. */
function verifySpread(answer: Answer): string | null {
  const spread = answer.totalMs - answer.firstByteMs;
  return spread >= SSE_PAUSE_MS ? null : `all events came within ${Math.round(spread)} ms: the answer was buffered`;
}

function verifyOverlap(answer: Answer, times: number): string | null {
  const oneByOne = times * SLOW_MS;
  return answer.totalMs < oneByOne ? null : `took ${Math.round(answer.totalMs)} ms: they were served one by one`;
}

function expectStatus(answer: Answer, status: number): string | null {
  return answer.status === status ? null : `status ${answer.status}: ${beginning(answer)}`;
}

function expectText(answer: Answer, text: string): string | null {
  return answer.body.includes(text) ? null : `the answer lacks ${JSON.stringify(text)}: ${beginning(answer)}`;
}

function beginning(answer: Answer): string {
  const text = answer.body.subarray(0, 200).toString().replaceAll(/\s+/g, ' ').trim();
  return text === '' ? 'no body' : text;
}
