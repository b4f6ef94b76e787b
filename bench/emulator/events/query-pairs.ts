import type { HeaderLine } from './client-request.ts';

/** Names and values of a query in order, still encoded. A name without `=` has an empty value. */
export function rawPairs(query: string): HeaderLine[] {
  if (query === '') return [];
  const parts = query.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    return equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  });
}

/** The same decoded as form data: percent escapes and `+` for a space. */
export function decodedPairs(query: string): HeaderLine[] {
  // A question mark at the start belongs to the first name; URLSearchParams would drop it.
  return [...new URLSearchParams(`&${query}`)];
}
