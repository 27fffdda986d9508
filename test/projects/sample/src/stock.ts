import type { Line } from './pricing.ts';

export class Stock {
  private readonly levels = new Map<string, number>();

  receive(sku: string, quantity: number): void {
    if (quantity <= 0) throw new RangeError('A delivery has at least one piece.');
    this.levels.set(sku, this.available(sku) + quantity);
  }

  available(sku: string): number {
    return this.levels.get(sku) ?? 0;
  }

  reserve(lines: Line[]): string[] {
    const missing = lines.filter((line) => this.available(line.sku) < line.quantity).map((line) => line.sku);
    if (missing.length > 0) return missing;
    for (const line of lines) this.levels.set(line.sku, this.available(line.sku) - line.quantity);
    return [];
  }
}
