import type { Address } from '../../shared/config.ts';

/** `uri-host [":" port]` without the comma, which joins several. */
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._~!$&'()*+;=%]+)(?::\d{0,5})?$/;

/**
 * The first usable `host` of a request; null when there is none. A message has exactly one, and apps build URLs from it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.2
 */
export function usableHost(lines: readonly string[] | undefined): string | null {
  if (lines === undefined) return null;
  for (const line of lines) {
    if (HOST.test(line)) return line;
    const usable = line
      .split(',')
      .map((part) => part.trim())
      .find((part) => HOST.test(part));
    if (usable !== undefined) return usable;
  }
  return null;
}

/** The `host` of a request to the app itself. */
export function authorityOf({ host, port }: Address): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return port === 80 ? name : `${name}:${port}`;
}
