import type { ResponseHead } from '../../shared/http/response-head.ts';

/** How much sooner than the app announces we drop an idle connection, so that both do not use and close it at once. */
const SAFETY_MS = 1000;

const TIMEOUT = /(?:^|[,; \t])timeout[ \t]*=[ \t]*"?(\d{1,9})/i;

/**
 * How long a connection may wait for its next request: no longer than the app keeps it, as far as it says so.
 *
 * @param mostMs what is kept at all
 * @returns 0 or less when it cannot be kept
 */
export function keepAliveMs({ headers }: ResponseHead, mostMs: number): number {
  for (const [name, value] of headers) {
    if (name !== 'keep-alive') continue;
    const seconds = TIMEOUT.exec(value)?.[1];
    if (seconds !== undefined) return Math.min(mostMs, Number(seconds) * 1000 - SAFETY_MS);
  }
  return mostMs;
}
