import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Prepared } from '../../../src/tasks/tasks.ts';
import { answerTo } from '../../servers/answers/answer.ts';
import { judged, prepared, projectTarget, promptOf, requestOf } from './ask.ts';

/** What the practice servers' model says to a draft. */
function practiceAnswer(draft: Prepared): string {
  return answerTo({
    system: promptOf(draft, 'system'),
    turns: [{ role: 'user', text: promptOf(draft, 'user') }],
    tools: [],
    mustCall: false,
  }).text;
}

const functions: readonly (readonly [project: string, file: string, at: string])[] = [
  ['vitest', 'src/prices.ts', 'percent < 0'],
  ['vitest', 'src/slug.ts', 'toLowerCase'],
  ['jest', 'lib/text.js', 'split('],
  ['jest', 'lib/dates.js', 'Math'],
  ['mocha', 'lib/stack.js', 'length === 0'],
  ['mocha', 'lib/chunk.js', 'size < 1'],
  ['node-test', 'src/range.js', 'reduce'],
  ['node-test', 'src/clamp.js', 'Math'],
  ['pytest', 'shop/cart.py', 'fee ='],
  ['pytest', 'shop/money.py', 'divmod'],
  ['go', 'words.go', 'plain :='],
  ['go', 'count/count.go', 'c.seen =='],
  ['junit', 'src/main/java/example/numbers/Fraction.java', 'other.bottom'],
  ['junit', 'src/main/java/example/numbers/Roman.java', 'StringBuilder'],
  ['xunit', 'src/Shapes/Circle.cs', 'Radius * factor'],
  ['xunit', 'src/Shapes/Flat/Rectangle.cs', '1e-9'],
  ['nunit', 'Weather/Temperature.cs', '"cold"'],
  ['nunit', 'Weather/Wind.cs', '0.836'],
  ['monorepo', 'packages/web/src/format/bytes.ts', 'let value'],
  ['monorepo', 'packages/api/src/page.ts', 'end ='],
  ['monorepo', 'services/billing/src/billing/tax.py', 'rate <'],
  ['unittest', 'tides.py', 'ValueError'],
  ['unittest', 'tides.py', 'metres > 3'],
  ['cargo', 'src/lib.rs', 'map_or'],
  ['cargo', 'src/roman.rs', 'let table'],
  ['cargo-library', 'src/height.rs', 'hidden(value)'],
  ['cargo-library', 'src/lib.rs', 'metres >'],
  ['googletest', 'src/clamp.cpp', 'const int raised'],
  ['googletest', 'src/area.cpp', 'width_ * height_'],
  ['googletest', 'include/shapes/area.h', 'width_ == height_'],
  ['rspec', 'lib/shop/price.rb', 'raise ArgumentError'],
  ['rspec', 'lib/shop/price.rb', 'cents.zero?'],
  ['rspec', 'lib/shop/labels.rb', 'format('],
  ['minitest', 'lib/median.rb', 'numbers.sort'],
  ['minitest', 'lib/stack.rb', 'item\n'],
  ['phpunit', 'src/Text/Slug.php', 'preg_replace'],
  ['phpunit', 'src/Text/Counter.php', 'str_word_count'],
];

describe('a practice answer', () => {
  for (const [project, file, at] of functions) {
    for (const task of ['document', 'tests'] as const) {
      it(`to ${task} for ${project}/${file} follows the prompt and passes its check`, async () => {
        const target = await projectTarget(project, file, at);
        const draft = await prepared(task, requestOf('', { target, task }));
        const { verdict, proposal } = await judged(draft, practiceAnswer(draft));
        assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
        assert.ok(proposal);
      });
    }
  }
});
