/** Coefficients on the features as they are. */
export interface Logistic {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

/**
 * Logistic regression with a ridge penalty, by Newton's method, on standardised features; the same numbers at every run.
 * @param targets 0..1, shares allowed
 * @param penalty of the squared standardised coefficients; the intercept has none
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  penalty: number,
): Logistic {
  const width = rows[0]?.length ?? 0;
  const means = Array.from({ length: width }, (_, at) => average(rows.map((row) => row[at] ?? 0)));
  const spreads = means.map(
    (mean, at) => Math.sqrt(average(rows.map((row) => ((row[at] ?? 0) - mean) ** 2))) || 1,
  );
  const standard = rows.map((row) => [
    1,
    ...row.map((value, at) => (value - (means[at] ?? 0)) / (spreads[at] ?? 1)),
  ]);
  let weights: number[] = Array.from({ length: width + 1 }, () => 0);
  for (let step = 0; step < 12; step += 1) {
    const slope = weights.map((weight, at) => (at === 0 ? 0 : -penalty * weight));
    const curve = weights.map((_, at) => weights.map((_, to) => (at === to && at > 0 ? penalty : 0)));
    standard.forEach((row, nth) => {
      const chance = logisticOf(row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0));
      const missed = (targets[nth] ?? 0) - chance;
      const weight = Math.max(chance * (1 - chance), 1e-6);
      row.forEach((value, at) => {
        slope[at] = (slope[at] ?? 0) + value * missed;
        const line = curve[at] ?? [];
        row.forEach((other, to) => {
          line[to] = (line[to] ?? 0) + weight * value * other;
        });
      });
    });
    const moved = solve(curve, slope);
    weights = weights.map((weight, at) => weight + (moved[at] ?? 0));
  }
  const coefficients = spreads.map((spread, at) => (weights[at + 1] ?? 0) / spread);
  return {
    intercept:
      (weights[0] ?? 0) - coefficients.reduce((sum, weight, at) => sum + weight * (means[at] ?? 0), 0),
    coefficients,
  };
}

export function chanceOf({ intercept, coefficients }: Logistic, row: readonly number[]): number {
  return logisticOf(coefficients.reduce((sum, weight, at) => sum + weight * (row[at] ?? 0), intercept));
}

function logisticOf(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Solves `matrix · x = right` by elimination with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const lines = matrix.map((line, at) => [...line, right[at] ?? 0]);
  const at = (line: number, column: number) => lines[line]?.[column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let line = column; line < size; line += 1)
      if (Math.abs(at(line, column)) > Math.abs(at(pivot, column))) pivot = line;
    const held = lines[column] ?? [];
    lines[column] = lines[pivot] ?? [];
    lines[pivot] = held;
    for (let line = column + 1; line < size; line += 1) {
      const factor = at(line, column) / at(column, column);
      const changed = lines[line] ?? [];
      for (let to = column; to <= size; to += 1) changed[to] = at(line, to) - factor * at(column, to);
    }
  }
  const found: number[] = Array.from({ length: size }, () => 0);
  for (let line = size - 1; line >= 0; line -= 1) {
    let rest = at(line, size);
    for (let to = line + 1; to < size; to += 1) rest -= at(line, to) * (found[to] ?? 0);
    found[line] = rest / at(line, line);
  }
  return found;
}
