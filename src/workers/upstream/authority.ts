import type { Address } from '../../shared/config.ts';

/** `host:port` as in a URL, an IPv6 address in brackets. */
export function authorityOf({ host, port }: Address): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`;
}
