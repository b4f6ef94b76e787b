import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestCounter } from '../../bench/rig/request-counter.ts';

const GET = 'GET / HTTP/1.1\r\nhost: app\r\n\r\n';
const POST = 'POST /a HTTP/1.1\r\nContent-Length: 10\r\nhost: app\r\n\r\n0\r\n\r\n56789';

describe('the request counter of the benchmark app', () => {
  it('counts requests with and without bodies, however the bytes arrive', () => {
    const requests = fc.array(fc.constantFrom(GET, POST), { maxLength: 6 });
    fc.assert(
      fc.property(requests, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }), (sent, lengths) => {
        const bytes = Buffer.from(sent.join(''));
        const counter = new RequestCounter();
        let [offset, count] = [0, 0];
        for (const length of [...lengths, bytes.length]) {
          count += counter.push(bytes.subarray(offset, offset + length));
          offset += length;
        }
        expect(count).toBe(sent.length);
      }),
    );
  });

  it('counts a request only when its body is complete', () => {
    const counter = new RequestCounter();
    expect(counter.push(Buffer.from(POST.slice(0, -1)))).toBe(0);
    expect(counter.push(Buffer.from('9'))).toBe(1);
  });

  it('refuses a chunked body, whose end it would miss', () => {
    const chunked = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(() => new RequestCounter().push(Buffer.from(chunked))).toThrow(/not supported/);
  });
});
