/** With thousands separated, the same on every machine. NaN, a figure that does not apply, is a dash. */
export function formatNumber(value: number, decimals: number): string {
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
