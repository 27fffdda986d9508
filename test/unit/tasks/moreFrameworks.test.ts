import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Judged } from '../../../src/tasks/tasks.ts';
import type { TestsPlan } from '../../../src/tasks/tests/testsPlan.ts';
import { answered, prepared, projects, projectTarget, promptOf, requestOf } from './ask.ts';

async function planOf(project: string, file: string, at: string): Promise<TestsPlan> {
  return (await prepared('tests', requestOf('', { target: await projectTarget(project, file, at) })))
    .plan as TestsPlan;
}

async function inProject(project: string, file: string, at: string, code: string): Promise<Judged> {
  return answered('tests', await projectTarget(project, file, at), `\`\`\`\n${code}\n\`\`\``);
}

function assertPassed({ verdict }: Judged, tests: number): void {
  assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
  assert.deepEqual(verdict.findings.find(({ code }) => code === 'asserts')?.params, { tests });
}

type Row = readonly [
  project: string,
  file: string,
  at: string,
  framework: string,
  path: string,
  kind: 'new' | 'existing',
  headerLine: string,
  shapeLine: string,
];

const rows: readonly Row[] = [
  [
    'cargo',
    'src/lib.rs',
    'split_whitespace().count',
    'cargoTest',
    'src/lib.rs',
    'existing',
    'use super::*;',
    'assert_eq!(words(...), ...);',
  ],
  [
    'cargo',
    'src/lib.rs',
    'max_by_key',
    'cargoTest',
    'src/lib.rs',
    'existing',
    'use super::*;',
    'assert_eq!(longest(...), ...);',
  ],
  [
    'cargo',
    'src/roman.rs',
    'push_str',
    'cargoTest',
    'src/roman.rs',
    'existing',
    'use super::*;',
    'assert_eq!(Roman::new(...).digits(...), ...);',
  ],
  [
    'cargo-library',
    'src/lib.rs',
    '3.0',
    'cargoTest',
    'tests/lib.rs',
    'new',
    'use tides::is_high;',
    'assert_eq!(is_high(...), ...);',
  ],
  [
    'cargo-library',
    'src/height.rs',
    'low + high',
    'cargoTest',
    'tests/height.rs',
    'new',
    'use tides::height::between;',
    'assert_eq!(between(...), ...);',
  ],
  [
    'cargo-library',
    'src/height.rs',
    'value + 1',
    'cargoTest',
    'src/height.rs',
    'existing',
    'use super::*;',
    'assert_eq!(hidden(...), ...);',
  ],
  [
    'googletest',
    'src/area.cpp',
    'width_ * height_',
    'googleTest',
    'tests/area_test.cpp',
    'existing',
    'using shapes::Rectangle;',
    'EXPECT_EQ(Rectangle(...).area(...), ...);',
  ],
  [
    'googletest',
    'include/shapes/area.h',
    'width_ == height_',
    'googleTest',
    'tests/area_test.cpp',
    'existing',
    '#include "shapes/area.h"',
    'EXPECT_EQ(Rectangle(...).is_square(...), ...);',
  ],
  [
    'googletest',
    'src/clamp.cpp',
    'const int raised',
    'googleTest',
    'tests/clamp_test.cpp',
    'new',
    'using shapes::limits::clamp_to;',
    'TEST(ClampToTest, UsualInput) {',
  ],
  [
    'rspec',
    'lib/shop/price.rb',
    'cents * percent',
    'rspec',
    'spec/shop/price_spec.rb',
    'existing',
    "require 'shop/price'",
    'expect(Shop::Price.new(...).reduced(...)).to eq(...)',
  ],
  [
    'rspec',
    'lib/shop/labels.rb',
    'format(',
    'rspec',
    'spec/shop/labels_spec.rb',
    'new',
    "require 'spec_helper'",
    'expect(Shop::Labels.label(...)).to eq(...)',
  ],
  [
    'minitest',
    'lib/stack.rb',
    '@items <<',
    'minitest',
    'test/test_stack.rb',
    'existing',
    "require_relative '../lib/stack'",
    'assert_equal ..., Stack.new(...).push(...)',
  ],
  [
    'minitest',
    'lib/median.rb',
    'numbers.sort',
    'minitest',
    'test/test_median.rb',
    'new',
    "require_relative '../lib/median'",
    'assert_equal ..., median(...)',
  ],
  [
    'phpunit',
    'src/Text/Slug.php',
    'strtolower',
    'phpunit',
    'tests/Text/SlugTest.php',
    'existing',
    'use Example\\Text\\Slug;',
    '$this->assertSame(..., (new Slug(...))->of(...));',
  ],
  [
    'phpunit',
    'src/Text/Counter.php',
    'str_word_count',
    'phpunit',
    'tests/Text/CounterTest.php',
    'new',
    'namespace Example\\Tests\\Text;',
    '$this->assertSame(..., Counter::words(...));',
  ],
];

describe('the tests of a project', () => {
  for (const [project, file, at, framework, path, kind, headerLine, shapeLine] of rows)
    it(`of ${project} belong for ${file} (${at}) in ${path}, by ${framework}`, async () => {
      const plan = await planOf(project, file, at);
      assert.equal(plan.framework, framework);
      assert.equal(plan.assumed, false);
      assert.equal(plan.path, join(projects, project, path));
      assert.equal(plan.existing === undefined ? 'new' : 'existing', kind);
      assert.ok(plan.header.split('\n').includes(headerLine), plan.header);
      assert.ok(plan.shape.includes(shapeLine), plan.shape);
    });

  it('are asked for in the module of their source without sending the source twice', async () => {
    const target = await projectTarget('cargo', 'src/lib.rs', 'split_whitespace().count');
    const prompt = promptOf(await prepared('tests', requestOf('', { target })), 'user');
    assert.equal(prompt.split('pub fn longest_length').length, 2);
    assert.match(prompt, /in the module `tests` of the file `src\/lib\.rs`/);
  });
});

describe('Rust tests', () => {
  it('are added to the test module, under names of their own', async () => {
    const answer = `use word_count::words;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn counts_words() {
        assert_eq!(words("a b c"), 3);
    }

    #[test]
    fn nothing_has_no_words() {
        assert_eq!(words(""), 0, "{}", '}');
    }
}`;
    const result = await inProject('cargo', 'src/lib.rs', 'split_whitespace().count', answer);
    assertPassed(result, 2);
    const { before = '', after } = result.proposal ?? { after: '' };
    assert.equal(
      after,
      before
        .replace('    use super::*;\n', '    use super::*;\n    use std::collections::HashMap;\n')
        .replace(
          /\}\n$/,
          `
    #[test]
    fn counts_words_2() {
        assert_eq!(words("a b c"), 3);
    }

    #[test]
    fn nothing_has_no_words() {
        assert_eq!(words(""), 0, "{}", '}');
    }
}
`,
        ),
    );
  });

  it('make a module where there is none, without the copy of what they test', async () => {
    const answer = `struct Roman { value: u32 }
impl Roman {
    fn digits(&self) -> String { String::new() }
}

#[test]
fn four_is_one_before_five() {
    assert_eq!(Roman::new(4).digits(), "IV");
}`;
    const result = await inProject('cargo', 'src/roman.rs', 'push_str', answer);
    assertPassed(result, 1);
    const { before = '', after } = result.proposal ?? { after: '' };
    const added = `
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_is_one_before_five() {
        assert_eq!(Roman::new(4).digits(), "IV");
    }
}
`;
    assert.equal(after, before + added);
  });

  it('stand in a file of their own where the library tests from outside', async () => {
    const answer = `#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_the_way() {
        assert_eq!(between(0, 4), 2);
    }
}`;
    const result = await inProject('cargo-library', 'src/height.rs', 'low + high', answer);
    assertPassed(result, 1);
    assert.equal(
      result.proposal?.after,
      'use tides::height::between;\n\n#[test]\nfn halves_the_way() {\n    assert_eq!(between(0, 4), 2);\n}\n',
    );
  });

  it('that are all there already fail as repeated', async () => {
    const answer = '#[test]\nfn counts_words() {\n    assert_eq!(words("one two"), 2);\n}';
    const { verdict } = await inProject('cargo', 'src/lib.rs', 'split_whitespace().count', answer);
    assert.equal(verdict.findings[0]?.code, 'duplicateTest');
  });
});

describe('GoogleTest tests', () => {
  const clamps = 'TEST(ClampToTest, RaisesWhatIsLow) {\n  EXPECT_EQ(clamp_to(0, 1, 3), 1);\n}';

  it('begin with what they include, and come without a main of their own or the function itself', async () => {
    const answer = `#include "clamp.hpp"
#include <vector>
#include <catch2/catch_test_macros.hpp>
#include <gtest/gtest.h>

int clamp_to(int value, int low, int high) {
  return value;
}

${clamps}

int main(int argc, char **argv) {
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}`;
    const result = await inProject('googletest', 'src/clamp.cpp', 'const int raised', answer);
    assertPassed(result, 1);
    assert.equal(
      result.proposal?.after,
      `#include "shapes/clamp.h"

#include <gtest/gtest.h>
#include <vector>

using shapes::limits::clamp_to;

${clamps}
`,
    );
  });

  it('are added below those that are there, under names of their own', async () => {
    const test = 'TEST(RectangleTest, MultipliesItsSides) {\n  EXPECT_EQ(Rectangle(4, 5).area(), 20);\n}';
    const result = await inProject('googletest', 'src/area.cpp', 'width_ * height_', test);
    assertPassed(result, 1);
    const { before = '', after } = result.proposal ?? { after: '' };
    assert.equal(after, `${before}\n${test.replace('Sides', 'Sides2')}\n`);
  });

  it('are refused for a function that no header declares', async () => {
    const target = await projectTarget('googletest', 'src/clamp.cpp', 'one < other');
    const { tasks, tools, never } = await import('./ask.ts');
    const outcome = await tasks.prepare('tests', requestOf('', { target }), tools, never);
    assert.equal(!outcome.ok && outcome.failure.code, 'notExported');
  });
});

describe('Ruby tests', () => {
  it('load what they test as the project does', async () => {
    const answer = `require 'rspec'
require_relative '../labels'
require 'set'

RSpec.describe Shop::Labels do
  it 'pads the cents' do
    expect(Shop::Labels.label(105)).to eq('1.05')
  end
end`;
    const result = await inProject('rspec', 'lib/shop/labels.rb', 'format(', answer);
    assertPassed(result, 1);
    const body = answer.slice(answer.indexOf('RSpec.describe'));
    assert.equal(
      result.proposal?.after,
      `require 'spec_helper'\nrequire 'shop/labels'\nrequire 'set'\n\n${body}\n`.replace(
        "require 'shop/labels'",
        "require 'shop/labels'",
      ),
    );
  });

  it('are added as a group, and a method of a taken name gets another', async () => {
    const spec =
      "RSpec.describe Shop::Price do\n  it 'refuses more than all' do\n    expect { Shop::Price.new(1).reduced(101) }.to raise_error(ArgumentError)\n  end\nend";
    const one = await inProject('rspec', 'lib/shop/price.rb', 'cents * percent', spec);
    assertPassed(one, 1);
    assert.equal(one.proposal?.after, `${one.proposal?.before}\n${spec}\n`);
    const test =
      'class TestStack < Minitest::Test\n  def test_push\n    assert_equal 2, Stack.new.push(1).push(2).peek\n  end\nend';
    const two = await inProject('minitest', 'lib/stack.rb', '@items <<', test);
    assertPassed(two, 1);
    assert.equal(
      two.proposal?.after,
      `${two.proposal?.before}\n${test.replace('test_push', 'test_push_2')}\n`,
    );
  });
});

describe('PHPUnit tests', () => {
  const counts = `    public function testCountsWords(): void
    {
        $this->assertSame(2, Counter::words('one two'));
    }`;

  it('are a class of the namespace that their folder has', async () => {
    const answer = `<?php
use PHPUnit\\Framework\\TestCase;
use App\\Counter;

class WordsTest extends TestCase
{
${counts}
}`;
    const result = await inProject('phpunit', 'src/Text/Counter.php', 'str_word_count', answer);
    assertPassed(result, 1);
    assert.equal(
      result.proposal?.after,
      `<?php

declare(strict_types=1);

namespace Example\\Tests\\Text;

use PHPUnit\\Framework\\TestCase;
use Example\\Text\\Counter;

class CounterTest extends TestCase
{
${counts}
}
`,
    );
  });

  it('are added to the class that is there', async () => {
    const method = `public function testJoinsWords(): void
{
    $this->assertSame('a', (new Slug())->of('A'));
}`;
    const result = await inProject('phpunit', 'src/Text/Slug.php', 'strtolower', method);
    assertPassed(result, 1);
    const { before = '', after } = result.proposal ?? { after: '' };
    const added = method.replace('Words', 'Words2').replace(/^/gm, '    ');
    assert.equal(after, before.replace(/\n\}\n$/, `\n\n${added}\n}\n`));
  });
});
