export interface Line {
  price: number;
  quantity: number;
}

export function total(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
}

export function discounted(price: number, percent: number): number {
  if (percent < 0 || percent > 100) throw new RangeError(`no such discount: ${percent}`);
  return Math.round(price * (100 - percent)) / 100;
}
