import type { Address } from '../../shared/config.ts';

export interface HeaderLines {
  readonly [name: string]: string | number | null;
}

/** Request line and header lines, with the empty line that ends them. Headers that are null are left out. */
export function requestHead(method: 'GET' | 'POST', address: Address, path: string, headers: HeaderLines = {}): string {
  return `${requestLine(method, path)}${commonLines(address)}${headerLines(headers)}\r\n`;
}

export function requestLine(method: 'GET' | 'POST', path: string): string {
  return `${method} ${path} HTTP/1.1\r\n`;
}

/** What every request to the peer says. */
export function commonLines({ host, port }: Address): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `host: ${name}:${port}\r\nuser-agent: lambda-web-adapter/${__ADAPTER_VERSION__}\r\n`;
}

function headerLines(headers: HeaderLines): string {
  let lines = '';
  for (const [name, value] of Object.entries(headers)) {
    if (value !== null) lines += `${name}: ${value}\r\n`;
  }
  return lines;
}

declare const __ADAPTER_VERSION__: string;
