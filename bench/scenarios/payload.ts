import { exchange, PLAIN } from './exchange.ts';
import type { Scenario } from './scenario.ts';

/** What Lambda takes as an event and as an answer. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LIMIT_BYTES = 6 * 1024 * 1024;
/** What is around a body in either: headers, request context. */
const ENVELOPE_BYTES = 4096;
const MOST_BYTES = LIMIT_BYTES - ENVELOPE_BYTES;

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 * 1024 };

/**
 * @param text such as `0`, `512`, `64k`, `5m`
 * @returns bytes, of 1024 to the k; null for anything else and for more than Lambda takes.
 */
export function parseSize(text: string): number | null {
  const [, digits, unit = ''] = /^(\d{1,7})([km]?)$/.exec(text) ?? [];
  const bytes = Number(digits) * (UNITS[unit] ?? NaN);
  return bytes <= MOST_BYTES ? bytes : null;
}

/**
 * Text of so many bytes in each direction. A request of 0 bytes is a GET.
 *
 * @param upload size as `parseSize` takes it, as is `download`
 * @returns null for sizes that are none
 */
export function payload(upload: string, download: string): Scenario | null {
  const [sent, received] = [parseSize(upload), parseSize(download)];
  if (sent === null || received === null) return null;
  const contentType = 'text/plain; charset=utf-8';
  return {
    ...PLAIN,
    name: `in-${upload}-out-${download}`,
    summary: `text, ${upload} bytes in and ${download} out`,
    measured: exchange({
      path: '/text',
      ...(sent > 0 && { upload: { contentType, body: words(sent), isText: true } }),
      answer: { contentType, body: words(received) },
    }),
  };
}

export function payloadCalled(name: string): Scenario | null {
  const [, upload, download] = /^in-(\w+)-out-(\w+)$/.exec(name) ?? [];
  return upload === undefined || download === undefined ? null : payload(upload, download);
}

/** Lines of words, none of which needs an escape in JSON but the line ends, so that an event is as long as its name says. */
function words(bytes: number): Buffer {
  return Buffer.alloc(bytes, 'The quick brown fox jumps over the lazy dog, and then it rests for a while. ');
}
