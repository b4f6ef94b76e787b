import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { request } from '../helpers/events.ts';
import { startGolden } from './start-golden.ts';

const COMPRESSED = { AWS_LWA_ENABLE_COMPRESSION: 'true' };
const buffered = await startGolden(COMPRESSED);
const streamed = await startGolden({ ...COMPRESSED, AWS_LWA_INVOKE_MODE: 'response_stream' });

const BODY = 'all work and no play '.repeat(20);
const PAGE = { headers: [['content-type', 'text/html']], body: BODY } as const;
const DECODE = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync };

function accepting(codings: string): object {
  return request('/', { headers: { 'accept-encoding': codings } });
}

describe('an answer that is compressed', () => {
  // How small it gets is the affair of the zlib that this Node has.
  test.each(['gzip', 'br', 'zstd'] as const)('with %s is base64 of it, under headers that say so', async (coding) => {
    const sent = (await buffered.answer(accepting(coding), PAGE)).toString();
    const [, base64 = ''] = /"body":"([^"]*)"/.exec(sent) ?? [];
    expect(DECODE[coding](Buffer.from(base64, 'base64')).toString()).toBe(BODY);
    const json = `{"statusCode":200,"headers":{"content-type":"text/html","vary":"accept-encoding","content-encoding":"${coding}"},"cookies":[],"multiValueHeaders":{},"body":"${base64}","isBase64Encoded":true}`;
    expect(sent).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${buffered.common}\r
content-type: application/json\r
content-length: ${json.length}\r
\r
${json}`,
    );
  });

  test('is plain text for a client that does not accept it', async () => {
    const body = 'x'.repeat(32);
    const sent = await buffered.answer(accepting('identity'), { headers: [['content-type', 'text/html']], body });
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${buffered.common}\r
content-type: application/json\r
content-length: 206\r
\r
{"statusCode":200,"headers":{"content-type":"text/html","content-length":"32","vary":"accept-encoding"},"cookies":[],"multiValueHeaders":{},"body":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","isBase64Encoded":false}`,
    );
  });

  test.each(['gzip', 'br', 'zstd'] as const)('and streamed has chunks of %s behind the metadata', async (coding) => {
    const sent = await streamed.answer(accepting(coding), PAGE);
    const metadata = `{"statusCode":200,"headers":{"content-type":"text/html","vary":"accept-encoding","content-encoding":"${coding}"},"cookies":[]}`;
    const start = `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${streamed.common}\r
content-type: application/vnd.awslambda.http-integration-response\r
lambda-runtime-function-response-mode: streaming\r
transfer-encoding: chunked\r
trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r
\r
${(metadata.length + 8).toString(16)}\r
${metadata}\0\0\0\0\0\0\0\0\r
`;
    expect(sent.toString('latin1', 0, start.length)).toBe(start);
    const { body, end } = readChunks(sent.subarray(start.length));
    expect(DECODE[coding](body).toString()).toBe(BODY);
    expect(end).toBe('0\r\n\r\n');
  });
});

/** What the chunks hold, which is binary, and what comes after the last of them that holds anything. */
function readChunks(bytes: Buffer): { readonly body: Buffer; readonly end: string } {
  const chunks: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const [line = '', size = ''] = /^([1-9a-f][0-9a-f]*)\r\n/.exec(rest.toString('latin1', 0, 16)) ?? [];
    if (line === '') return { body: Buffer.concat(chunks), end: rest.toString('latin1') };
    const end = line.length + Number.parseInt(size, 16);
    chunks.push(rest.subarray(line.length, end));
    expect(rest.toString('latin1', end, end + 2)).toBe('\r\n');
    rest = rest.subarray(end + 2);
  }
}
