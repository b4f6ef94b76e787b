/** A date as people read it; `2026-11-25T20:57:11.123Z` becomes `2026-11-25 20:57:11 UTC`. */
export function utc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
