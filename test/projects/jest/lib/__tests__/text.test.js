const { capitalize } = require('../text');

describe('capitalize', () => {
  test('makes the first letter large', () => {
    expect(capitalize('maia')).toBe('Maia');
  });
});
