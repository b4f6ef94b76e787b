import { exchange, PLAIN } from './exchange.ts';
import { randomBytes } from './random-bytes.ts';
import type { Scenario } from './scenario.ts';

/** A POST of random bytes, which travel as base64; the app answers with a few bytes, and only if it has got all of them. */
function upload(size: string, bytes: number, note: string): Scenario {
  return {
    ...PLAIN,
    name: `upload-${size}`,
    summary: `POST of ${note}; the app checks that all of it arrives`,
    measured: exchange({
      path: '/pictures',
      upload: { contentType: 'image/png', body: randomBytes(bytes), isText: false },
      answer: { contentType: 'application/json', body: Buffer.from('{"stored":true}') },
    }),
  };
}

export const smallUpload = upload('64k', 64 * 1024, '64 KB, 86 KB as base64');

/** As base64 5.6 MB: Lambda takes events of 6 MB. */
export const largeUpload = upload('4m', 4 * 1024 * 1024, '4 MB, 5.6 MB as base64 and close to the 6 MB of an event');
