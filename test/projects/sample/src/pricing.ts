export interface Line {
  sku: string;
  quantity: number;
  unitPrice: number;
}

const discounts = [
  { from: 100, percent: 5 },
  { from: 500, percent: 10 },
];

export function discountedTotal(lines: Line[], isMember: boolean): number {
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  const tier = discounts.findLast((discount) => total >= discount.from);
  const percent = (tier?.percent ?? 0) + (isMember ? 2 : 0);
  return Math.round(total * (100 - percent)) / 100;
}

export function formatPrice(amount: number, currency = 'EUR', locale = 'en'): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
}
