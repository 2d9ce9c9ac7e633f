/** A share of something counted, with the range in which the true share lies in 95 of 100 cases. */
export interface Share {
  count: number;
  n: number;
  /** 0 to 1; 0 when nothing was counted. */
  share: number;
  low: number;
  high: number;
}

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959964;

/** Wilson's score interval, which holds for small counts and shares near 0 and 1 as well. */
export function shareOf(count: number, n: number): Share {
  if (n === 0) return { count, n, share: 0, low: 0, high: 1 };
  const share = count / n;
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = Z / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  // At both ends the interval ends there, which arithmetic only comes near to.
  return {
    count,
    n,
    share,
    low: count === 0 ? 0 : middle - half,
    high: count === n ? 1 : middle + half,
  };
}
