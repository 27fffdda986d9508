/** Lanczos' coefficients for g = 7 (P. Godfrey, 2001): 15 digits for every positive argument. */
const lanczos = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6,
  1.505_632_735_149_311_6e-7,
];

/** The logarithm of the gamma function, for x >= 0.5. */
function logGamma(x: number): number {
  const shifted = x - 1;
  let sum = lanczos[0] ?? 0;
  for (let at = 1; at < lanczos.length; at += 1) sum += (lanczos[at] ?? 0) / (shifted + at);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

function logBeta(a: number, b: number): number {
  // Γ(x) = Γ(x + 1) / x keeps small arguments within the series' range.
  const at = (x: number) => (x < 0.5 ? logGamma(x + 1) - Math.log(x) : logGamma(x));
  return at(a) + at(b) - at(a + b);
}

/** The continued fraction of the incomplete beta function (NIST DLMF 8.17.22), by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  const least = 1e-300;
  const away = (value: number) => (Math.abs(value) < least ? least : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 300; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < 1e-10) break;
  }
  return value;
}

/** The regularised incomplete beta function: the probability that a Beta(a, b) lies below `x`, a and b > 0, x 0..1. */
export function betaBelow(x: number, a: number, b: number): number {
  return below(x, a, b, logBeta(a, b));
}

function below(x: number, a: number, b: number, norm: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) - norm);
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

/**
 * The value that a Beta(a, b) lies below with `probability`: Newton's steps on the incomplete beta function, halving
 * where a step leaves what is still possible. Right to 1e-9 of the probability.
 * @param probability 0..1 without the ends
 * @param a > 0
 * @param b > 0
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  const norm = logBeta(a, b);
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 60; step += 1) {
    const off = below(x, a, b, norm) - probability;
    if (off > 0) high = x;
    else low = x;
    if (Math.abs(off) < 1e-9 || high - low < 1e-13) return x;
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x) - norm);
    const next = x - off / density;
    x = next > low && next < high ? next : (low + high) / 2;
  }
  return x;
}
