import type { ClientRequest, HeaderLine } from '../emulator/events/client-request.ts';

const HOST = 'abcdefghijklmnop.lambda-url.us-east-1.on.aws';
const TRACE_ROOT = 'Root=1-68000000-0123456789abcdef01234567';

/** What a browser sends with a click on a link, and what every front door adds. */
const BROWSER_HEADERS: readonly HeaderLine[] = [
  ['Host', HOST],
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ['Accept-Language', 'en-GB,en;q=0.7,de;q=0.3'],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
  ['Cookie', 'session=0123456789abcdef; theme=dark'],
  ['Sec-Fetch-Dest', 'document'],
  ['Sec-Fetch-Mode', 'navigate'],
  ['Sec-Fetch-Site', 'none'],
  ['X-Forwarded-For', '203.0.113.7'],
  ['X-Forwarded-Port', '443'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Amzn-Trace-Id', TRACE_ROOT],
];

const NO_BODY = Buffer.alloc(0);

/** `GET /items/7?color=red&size=large` of a browser, with a body and more headers if there are any. */
export function browserRequest(moreHeaders: readonly HeaderLine[] = [], body: Buffer = NO_BODY): ClientRequest {
  return {
    method: body.length === 0 ? 'GET' : 'POST',
    path: '/items/7',
    query: 'color=red&size=large',
    headers: [...BROWSER_HEADERS, ...moreHeaders],
    body,
    protocol: 'HTTP/1.1',
    sourceIp: '203.0.113.7',
    host: HOST,
    requestId: '01234567-89ab-cdef-0123-456789abcdef',
    traceRoot: TRACE_ROOT,
    receivedAt: 1_767_268_800_000,
  };
}
