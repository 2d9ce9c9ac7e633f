/** The value below which `share` (0 to 1) of the values lie; NaN of none. */
export function percentile(values: number[], share: number): number {
  if (values.length === 0) return NaN;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
