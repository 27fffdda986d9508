/** One function of a fixture project, and what the three commands should do with it. */
export interface Case {
  readonly project: string;
  readonly file: string;
  /** Where the cursor stands: a text inside the function. */
  readonly at: string;
  readonly name: string;
  /** Where this project's tests of that file belong. */
  readonly tests: string;
  readonly there: boolean;
}

function row(
  project: string,
  file: string,
  at: string,
  name: string,
  tests: string,
  there: 'new' | 'there',
): Case {
  return { project, file, at, name, tests, there: there === 'there' };
}

const java = 'src/main/java/example/numbers';
const shapes = 'include/shapes';
const javaTests = 'src/test/java/example/numbers';

/** Each framework with a new file of tests and one that is there already, and a repository of several projects. */
export const cases: readonly Case[] = [
  row('vitest', 'src/slug.ts', 'toLowerCase', 'slug', 'src/slug.test.ts', 'new'),
  row('vitest', 'src/prices.ts', 'percent < 0', 'discounted', 'src/prices.test.ts', 'there'),
  row('jest', 'lib/dates.js', 'Math', 'daysBetween', 'lib/__tests__/dates.test.js', 'new'),
  row('jest', 'lib/text.js', 'split(', 'initials', 'lib/__tests__/text.test.js', 'there'),
  row('mocha', 'lib/chunk.js', 'size < 1', 'chunk', 'test/chunk.test.js', 'new'),
  row('mocha', 'lib/stack.js', 'items.push', 'push', 'test/stack.test.js', 'there'),
  row('node-test', 'src/clamp.js', 'Math', 'clamp', 'test/clamp.test.js', 'new'),
  row('node-test', 'src/range.js', 'reduce', 'sum', 'test/range.test.js', 'there'),
  row('pytest', 'shop/money.py', 'divmod', 'split_evenly', 'tests/test_money.py', 'new'),
  row('pytest', 'shop/cart.py', 'fee =', 'shipping', 'tests/test_cart.py', 'there'),
  row('go', 'count/count.go', 'Fields', 'Words', 'count/count_test.go', 'new'),
  row('go', 'words.go', 'plain :=', 'IsPalindrome', 'words_test.go', 'there'),
  row('junit', `${java}/Roman.java`, 'StringBuilder', 'of', `${javaTests}/RomanTest.java`, 'new'),
  row('junit', `${java}/Fraction.java`, 'Math.abs', 'gcd', `${javaTests}/FractionTest.java`, 'there'),
  row(
    'xunit',
    'src/Shapes/Flat/Rectangle.cs',
    '1e-9',
    'IsSquare',
    'tests/Shapes.Tests/RectangleTests.cs',
    'new',
  ),
  row(
    'xunit',
    'src/Shapes/Circle.cs',
    'Radius * factor',
    'Scaled',
    'tests/Shapes.Tests/CircleTests.cs',
    'there',
  ),
  row('nunit', 'Weather/Wind.cs', '0.836', 'Beaufort', 'Weather.Tests/WindTests.cs', 'new'),
  row('nunit', 'Weather/Temperature.cs', '"cold"', 'Describe', 'Weather.Tests/TemperatureTests.cs', 'there'),
  row(
    'monorepo',
    'packages/web/src/format/bytes.ts',
    'let value',
    'readableBytes',
    'packages/web/test/unit/format/bytes.spec.ts',
    'new',
  ),
  row(
    'monorepo',
    'packages/web/src/ratio.ts',
    'part /',
    'ratio',
    'packages/web/test/unit/ratio.spec.ts',
    'there',
  ),
  row('monorepo', 'packages/api/src/page.ts', 'end =', 'page', 'packages/api/src/page.test.ts', 'new'),
  row(
    'monorepo',
    'services/billing/src/billing/tax.py',
    'rate <',
    'with_tax',
    'services/billing/tests/test_tax.py',
    'new',
  ),
  row('unittest', 'tides.py', 'metres > 3', 'is_high', 'tests/test_tides.py', 'new'),
  row('unittest', 'tides.py', 'high < low', 'between', 'tests/test_tides.py', 'there'),
  row('cargo', 'src/lib.rs', 'map_or', 'longest_length', 'src/lib.rs', 'there'),
  row('cargo', 'src/roman.rs', 'let table', 'digits', 'src/roman.rs', 'there'),
  row('cargo-library', 'src/height.rs', 'hidden(value)', 'next', 'tests/height.rs', 'new'),
  row('cargo-library', 'src/height.rs', 'low + high', 'between', 'tests/height.rs', 'there'),
  row('googletest', 'src/clamp.cpp', 'const int raised', 'clamp_to', 'tests/clamp_test.cpp', 'new'),
  row('googletest', `${shapes}/area.h`, 'width_ == height_', 'is_square', 'tests/area_test.cpp', 'there'),
  row('rspec', 'lib/shop/labels.rb', 'format(', 'label', 'spec/shop/labels_spec.rb', 'new'),
  row('rspec', 'lib/shop/price.rb', 'cents.zero?', 'free?', 'spec/shop/price_spec.rb', 'there'),
  row('minitest', 'lib/median.rb', 'numbers.sort', 'median', 'test/test_median.rb', 'new'),
  row('minitest', 'lib/stack.rb', '@items.length', 'size', 'test/test_stack.rb', 'there'),
  row('phpunit', 'src/Text/Counter.php', 'str_word_count', 'words', 'tests/Text/CounterTest.php', 'new'),
  row('phpunit', 'src/Text/Slug.php', 'preg_replace', 'of', 'tests/Text/SlugTest.php', 'there'),
];
