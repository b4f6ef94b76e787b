import type { HeaderLine } from './client-request.ts';

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name.toLowerCase());
}

export function withoutHopByHop(lines: readonly HeaderLine[]): HeaderLine[] {
  return lines.filter(([name]) => !isHopByHop(name));
}

export function lowerCase(lines: readonly HeaderLine[]): HeaderLine[] {
  return lines.map(([name, value]) => [name.toLowerCase(), value]);
}

/** Every value of a name, in order. */
export function allValues(lines: readonly HeaderLine[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of lines) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return Object.fromEntries(values);
}

export function lastValues(lines: readonly HeaderLine[]): Record<string, string> {
  return Object.fromEntries(lines);
}

/** The values of a name in one text. */
export function joinedValues(lines: readonly HeaderLine[]): Record<string, string> {
  const entries = Object.entries(allValues(lines));
  return Object.fromEntries(entries.map(([name, values]) => [name, values.join(',')]));
}

/** The value of a header given in small letters; null when it is not there. */
export function headerValue(lines: readonly HeaderLine[], wanted: string): string | null {
  for (const [name, value] of lines) if (name.toLowerCase() === wanted) return value;
  return null;
}
