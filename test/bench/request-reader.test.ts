import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestReader } from '../../bench/rig/request-reader.ts';

const GET = 'GET /?a=/b HTTP/1.1\r\nhost: app\r\n\r\n';
const POST = 'POST /a HTTP/1.1\r\nContent-Length: 10\r\nhost: app\r\n\r\n0\r\n\r\n56789';
const READ = new Map([
  [GET, ['/', 0]],
  [POST, ['/a', 10]],
]);

function reader() {
  const requests: (readonly [string, number])[] = [];
  return { requests, reader: new RequestReader((path, bodyBytes) => requests.push([path, bodyBytes])) };
}

describe('the request reader of the benchmark app', () => {
  it('finds requests with and without bodies, however the bytes arrive', () => {
    const sendable = fc.array(fc.constantFrom(GET, POST), { maxLength: 6 });
    fc.assert(
      fc.property(sendable, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }), (sent, lengths) => {
        const bytes = Buffer.from(sent.join(''));
        const found = reader();
        let offset = 0;
        for (const length of [...lengths, bytes.length]) {
          found.reader.push(bytes.subarray(offset, offset + length));
          offset += length;
        }
        expect(found.requests).toEqual(sent.map((request) => READ.get(request)));
      }),
    );
  });

  it('tells of a request only when its body is complete', () => {
    const found = reader();
    found.reader.push(Buffer.from(POST.slice(0, -1)));
    expect(found.requests).toEqual([]);
    found.reader.push(Buffer.from('9'));
    expect(found.requests).toEqual([['/a', 10]]);
  });

  it('refuses a chunked body, whose end it would miss', () => {
    const chunked = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(() => reader().reader.push(Buffer.from(chunked))).toThrow(/not supported/);
  });
});
