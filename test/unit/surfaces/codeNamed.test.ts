import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesCodeOf } from '../../../src/surfaces/codeNamed.ts';

const code = `export function label(entry: Entry): string {
  const shown = entry.title ?? entry.id;
  return shown.toUpperCase();
}
def parse_date(text):
    return text
`;

for (const asked of [
  'explain label',
  'what does label() do',
  'why toUpperCase here',
  'parse_date fails',
  'is `entry.title` ever empty?',
])
  test(`"${asked}" names something of the code`, () => assert.equal(namesCodeOf(asked, code), true));

for (const asked of [
  'explain closures',
  'how do I return a string?',
  'what does SIGTERM do',
  'what is parseDate for',
  'labels in kubernetes',
  '',
])
  test(`"${asked}" does not`, () => assert.equal(namesCodeOf(asked, code), false));

test('a long prompt and a long file take no time to speak of', () => {
  const began = performance.now();
  namesCodeOf('word '.repeat(20_000), 'const value = 1;\n'.repeat(50_000));
  assert.ok(performance.now() - began < 5_000);
});
