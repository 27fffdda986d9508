const assert = require('node:assert/strict');
const Stack = require('../lib/stack');

describe('Stack', function () {
  it('gives back what came last', function () {
    assert.equal(new Stack().push(1).push(2).pop(), 2);
  });
});
