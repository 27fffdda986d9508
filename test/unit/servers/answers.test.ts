import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Prepared } from '../../../src/tasks/tasks.ts';
import { answerTo } from '../../servers/answers/answer.ts';
import type { Quality } from '../../servers/answers/spoil.ts';
import { judged, prepared, projectTarget, promptOf, requestOf } from '../tasks/ask.ts';

type Place = readonly [project: string, file: string, at: string];

const places: readonly Place[] = [
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
  ['go', 'count/count.go', 'Fields'],
  ['junit', 'src/main/java/example/numbers/Fraction.java', 'other.bottom'],
  ['junit', 'src/main/java/example/numbers/Roman.java', 'StringBuilder'],
  ['xunit', 'src/Shapes/Circle.cs', 'Radius * factor'],
  ['xunit', 'src/Shapes/Flat/Rectangle.cs', '1e-9'],
  ['nunit', 'Weather/Temperature.cs', '"cold"'],
  ['nunit', 'Weather/Wind.cs', '0.836'],
  ['monorepo', 'packages/web/src/format/bytes.ts', 'let value'],
  ['sample', 'src/pricing.ts', 'tier?.percent'],
  ['sample', 'src/stock.ts', 'missing.length'],
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

function said(from: Prepared, quality: Quality = 'good'): string {
  const turns = [{ role: 'user', text: promptOf(from, 'user') }] as const;
  return answerTo({ system: promptOf(from, 'system'), turns, tools: [], mustCall: false }, quality).text;
}

const commandOn = async (task: 'document' | 'tests' | 'explain', [project, file, at]: Place) =>
  prepared(task, requestOf('', { task, target: await projectTarget(project, file, at) }));

describe('what a practice model answers passes Maia’s own checks', () => {
  for (const place of places) {
    it(`tests of ${place[0]}/${place[1]}`, async () => {
      const from = await commandOn('tests', place);
      const answer = said(from);
      const { verdict } = await judged(from, answer);
      assert.equal(verdict.kind, 'passed', `${JSON.stringify(verdict)}\n${answer}`);
    });

    it(`a comment for ${place[0]}/${place[1]}`, async () => {
      const from = await commandOn('document', place);
      const answer = said(from);
      const { verdict } = await judged(from, answer);
      assert.equal(verdict.kind, 'passed', `${JSON.stringify(verdict)}\n${answer}`);
    });
  }

  for (const task of ['edit', 'fix', 'refactor', 'generate'] as const)
    for (const [project, file, at] of places.filter(([name]) =>
      /^(?:cargo|googletest|rspec|minitest|phpunit|unittest)/.test(name),
    ))
      it(`${task} in ${project}/${file}`, async () => {
        const target = await projectTarget(project, file, at);
        const from = await prepared(task, requestOf('Make it shorter with a function', { task, target }));
        const answer = said(from);
        const { verdict } = await judged(from, answer);
        assert.equal(verdict.kind, 'passed', `${JSON.stringify(verdict)}\n${answer}`);
      });

  it('an explanation names the function and its parameters', async () => {
    const answer = said(await commandOn('explain', ['vitest', 'src/prices.ts', 'percent < 0']));
    assert.match(answer, /`discounted`/);
    assert.match(answer, /`percent`/);
  });

  it('a guide has a title that is its subject, and sections', async () => {
    const answer = said(await prepared('prose', requestOf('Create Azure AD guide', { task: 'prose' })));
    assert.match(answer, /^# Azure AD/);
    assert.ok((answer.match(/^## /gm)?.length ?? 0) >= 4);
  });
});

const place: Place = ['vitest', 'src/prices.ts', 'percent < 0'];
const bad: readonly (readonly [Quality, 'document' | 'tests', RegExp])[] = [
  ['inventedParameter', 'document', /paramUnknown/],
  ['missingParameter', 'document', /paramMissing/],
  ['noAssertions', 'tests', /nothingAsserted|noTests/],
  ['unclosedFence', 'tests', /cutShort|doesNotParse/],
  ['refusal', 'tests', /refusal/],
  ['empty', 'document', /emptyAnswer/],
];

describe('what a bad practice model answers is found out', () => {
  for (const [quality, task, finding] of bad)
    it(`${quality} in ${task}`, async () => {
      const from = await commandOn(task, place);
      const answer = said(from, quality);
      const { verdict } = await judged(from, answer);
      assert.equal(verdict.kind, 'failed', answer);
      assert.match(JSON.stringify(verdict.findings), finding);
    });

  const others: readonly Place[] = [
    ['cargo', 'src/lib.rs', 'map_or'],
    ['googletest', 'src/clamp.cpp', 'const int raised'],
    ['rspec', 'lib/shop/price.rb', 'raise ArgumentError'],
    ['minitest', 'lib/stack.rb', 'item\n'],
    ['phpunit', 'src/Text/Slug.php', 'preg_replace'],
    ['unittest', 'tides.py', 'ValueError'],
  ];
  for (const other of others) {
    it(`a parameter that ${other[0]}/${other[1]} does not have`, async () => {
      const from = await commandOn('document', other);
      const { verdict } = await judged(from, said(from, 'inventedParameter'));
      assert.match(JSON.stringify(verdict), /"failed".*"paramUnknown"/);
    });

    it(`tests of ${other[0]}/${other[1]} that check nothing`, async () => {
      const from = await commandOn('tests', other);
      const { verdict } = await judged(from, said(from, 'noAssertions'));
      assert.match(JSON.stringify(verdict), /"failed".*"nothingAsserted"/);
    });
  }

  it('a loop says the same again and again', async () => {
    const from = await commandOn('explain', place);
    const { verdict } = await judged(from, said(from, 'loop'));
    assert.equal(verdict.kind, 'failed');
  });
});
