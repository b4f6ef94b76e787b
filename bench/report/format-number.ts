/** With thousands separated, the same on every machine; `–` for a figure that does not apply (NaN). */
export function formatNumber(value: number, decimals: number): string {
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
