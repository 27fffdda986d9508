import type { Callable } from './callable.ts';

const title = 'same result for the same input';

/** A module of Rust tests. */
export function rustTests(callable: Callable, args: string): string {
  const { name, owner, head } = callable;
  const call = !owner
    ? `${name}(${args})`
    : /\bself\b/.test(head)
      ? `${owner}::new().${name}(${args})`
      : `${owner}::${name}(${args})`;
  return `#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ${name}_gives_the_same_result_for_the_same_input() {
        let first = ${call};
        assert_eq!(${call}, first);
    }
}
`;
}

/** A GoogleTest file. */
export function cppTests(prompt: string, { name, owner, code }: Callable, args: string): string {
  const include = /#include\s+"([^"]+\.h\w*)"/.exec(prompt)?.[1] ?? 'source.h';
  const isStatic = /^static\b/.test(code);
  const call = owner ? `${owner}${isStatic ? '::' : '().'}${name}(${args})` : `${name}(${args})`;
  const suite = owner ?? `${name[0]!.toUpperCase()}${name.slice(1)}`;
  return `#include "${include}"

#include <gtest/gtest.h>

TEST(${suite}Test, GivesTheSameResultForTheSameInput) {
  const auto first = ${call};
  EXPECT_EQ(${call}, first);
}
`;
}

/** An RSpec or Minitest file. */
export function rubyTests(
  prompt: string,
  framework: 'rspec' | 'minitest',
  { name, owner, head }: Callable,
  args: string,
): string {
  const load = /^require(?:_relative)? ['"](?!minitest|rspec|set|json)[^'"]+['"]$/m.exec(prompt)?.[0];
  const own = load ? `${load}\n` : '';
  const call = owner
    ? `${owner}${/^def self\./.test(head) ? '' : '.new'}.${name}(${args})`
    : `${name}(${args})`;
  if (framework === 'rspec')
    return `${own}
RSpec.describe ${owner ?? `'${name}'`} do
  it 'gives the ${title}' do
    first = ${call}
    expect(${call}).to eq(first)
  end
end
`.trimStart();
  return `require 'minitest/autorun'
${own}
class Test${(owner ?? name).replace(/\W/g, '').replace(/^./, (first) => first.toUpperCase())} < Minitest::Test
  def test_gives_the_${title.replaceAll(' ', '_')}
    first = ${call}
    assert_equal first, ${call}
  end
end
`;
}

/** A PHPUnit file. */
export function phpTests(prompt: string, { name, owner, head }: Callable, args: string): string {
  const space = /^\s*namespace ([\w\\]+);/m.exec(prompt)?.[1];
  const call = !owner
    ? `${name}(${args})`
    : /\bstatic\b/.test(head)
      ? `${owner}::${name}(${args})`
      : `(new ${owner}())->${name}(${args})`;
  const subject = owner ?? name;
  const use = space ? `use ${owner ? '' : 'function '}${space}\\${subject};\n` : '';
  return `<?php

declare(strict_types=1);

${use}use PHPUnit\\Framework\\TestCase;

final class ${subject[0]!.toUpperCase()}${subject.slice(1)}Test extends TestCase
{
    public function testSameResultForTheSameInput(): void
    {
        $first = ${call};
        $this->assertEquals($first, ${call});
    }
}
`;
}
