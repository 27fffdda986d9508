import { expect, test } from 'vitest';
import { ratio } from '../../src/ratio';

test('half is 50 %', () => {
  expect(ratio(1, 2)).toBe('50 %');
});
