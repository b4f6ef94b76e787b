import type { Address } from '../../shared/config.ts';

export interface HeaderLines {
  readonly [name: string]: string | number | null;
}

/** Request line and header lines, with the empty line that ends them. Headers that are null are left out. */
export function requestHead(method: 'GET' | 'POST', address: Address, path: string, headers: HeaderLines = {}): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}:${address.port}\r\nuser-agent: lambda-web-adapter/${__ADAPTER_VERSION__}\r\n`;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== null) head += `${name}: ${value}\r\n`;
  }
  return `${head}\r\n`;
}

declare const __ADAPTER_VERSION__: string;
