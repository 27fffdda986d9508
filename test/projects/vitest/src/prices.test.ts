import { describe, expect, it } from 'vitest';
import { total } from './prices.js';

describe('total', () => {
  it('adds price times quantity', () => {
    expect(total([{ price: 2, quantity: 3 }])).toBe(6);
  });

  it('is 0 for no lines', () => {
    expect(total([])).toBe(0);
  });
});
