import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, cases, code, never, source, table, unitIn, unitsOf } from './ask.ts';

async function calls(languageId: string, text: string) {
  return answerOf(code.calledNames(source(languageId, text), never));
}

async function imports(languageId: string, text: string) {
  const found = await answerOf(code.imports(source(languageId, text), never));
  return found.map(({ module, names }) => [module, ...names].join(' '));
}

const rust = `use std::collections::{HashMap, HashSet as Set};
use super::*;

/// Adds.
/// More.
#[inline]
pub async fn add<T: Into<i32>>(a: i32, (b, c): (i32, i32), mut d: &T) -> i32 { a + foo::bar(b) }

pub struct Point { x: i32 }
impl<T> Store<T> for Point {
    // plain
    fn get(&self, _key: u8) { self.x.max(1); Point::new(); Foo { a: 1 }; }
}
impl Point {
    pub(crate) fn of(n: u8) -> Self { todo!() }
    fn hidden(&mut self) -> () {}
}
pub trait Shape { fn area(&self, n: usize) -> f64; }
enum Kind { A, B(i32) }
mod tests {
    #[test]
    fn adds() { assert_eq!(add(1), 2); }
}
`;

test('Rust: functions, methods of types and traits, with their attributes', async () => {
  assert.deepEqual(await table('rust', rust), [
    'function add (a b, c d) value exported async',
    'class Point () - exported -',
    'method Point.get (_key) - exported -',
    'method Point.of (n) value exported -',
    'method Point.hidden () - - -',
    'class Shape () - exported -',
    'method Shape.area (n) value exported -',
    'class Kind () - - -',
    'function adds () - - -',
  ]);
  const [add, , get] = await unitsOf('rust', rust);
  assert.equal(add?.doc, '/// Adds.\n/// More.');
  assert.match(add?.signature ?? '', /^#\[inline\]\npub async fn add<.*-> i32$/);
  assert.equal(get?.doc, undefined);
  assert.equal((await unitIn('rust', rust.replace('#[inline]', '#[inli¦ne]')))?.name, 'add');
});

test('Rust: what is called, also between the tokens of a macro, and what is used', async () => {
  assert.deepEqual(await calls('rust', rust), ['bar', 'max', 'new', 'Foo', 'todo', 'assert_eq', 'add']);
  assert.deepEqual(await imports('rust', rust), ['std::collections HashMap Set', 'super *']);
});

test('Rust: tests assert, panic or are ignored', async () => {
  const text = `#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn adds() { assert_eq!(add(1, 2), 3, "no"); }
    #[tokio::test]
    async fn waits() { assert!(wait().await.is_ok()); }
    #[test]
    #[should_panic(expected = "x")]
    fn panics() { add(1, 2); }
    #[test]
    #[ignore]
    fn later() { assert!(x); }
    #[test]
    fn idle() { let x = add(1, 2); println!("{}", x); }
    #[test]
    fn same() { assert_eq!(x, x); assert!(true); assert_eq!(1, 1); assert!(x == x); }
    #[test]
    fn unwraps() -> Result<(), E> { add(1, 2)?; Ok(()) }
    fn helper() { assert!(x); }
}
`;
  assert.deepEqual(await cases('rust', text), [
    '+ 5 tests > adds',
    '+ 7 tests > waits',
    '+ 10 tests > panics',
    '- 13 tests > later',
    '- 15 tests > idle',
    '- 17 tests > same',
    '+ 19 tests > unwraps',
  ]);
});

const ruby = `# frozen_string_literal: true
require 'set'
require_relative "../lib/a"
module Shop
  # A cart.
  # Of things.
  class Cart < Base
    def initialize(a, b = 2, *rest, key:, opt: 1, **more, &blk)
      @a = a
    end

    def self.of((x, y)) = new(x)

    # Sums up.
    def total
      items.sum { |i| i.price * 2 } if ok?
      clear
    end

    def size=(n)
      @n = n
    end

    private

    def hidden; 1 end
  end
end
`;

test('Ruby: methods, modules and classes, public or not', async () => {
  assert.deepEqual(await table('ruby', ruby), [
    'class Shop () - exported -',
    'class Cart () - exported -',
    'method Cart.initialize (a b? ...rest key opt? ...more) - exported -',
    'method Cart.of (x, y) value exported -',
    'method Cart.total () value exported -',
    'method Cart.size= (n) - exported -',
    'method Cart.hidden () value - -',
  ]);
  const units = await unitsOf('ruby', ruby);
  assert.equal(units[0]?.doc, undefined, 'what Ruby reads is no comment');
  assert.equal(units[1]?.doc, '# A cart.\n  # Of things.');
  assert.equal(units[4]?.doc, '# Sums up.');
  assert.equal(units[2]?.signature, 'def initialize(a, b = 2, *rest, key:, opt: 1, **more, &blk)');
});

test('Ruby: what is called and required', async () => {
  assert.deepEqual(await calls('ruby', ruby), [
    'require',
    'require_relative',
    'new',
    'sum',
    'price',
    'ok?',
    'clear',
    'private',
  ]);
  assert.deepEqual(await imports('ruby', ruby), ['set', '../lib/a']);
});

test('Ruby: RSpec and Minitest', async () => {
  const text = `RSpec.describe Shop::Cart do
  context "when empty" do
    it "is zero" do
      expect(cart.total).to eq(0)
    end
    it { is_expected.to be_valid }
    it("raises") { expect { cart.run }.to raise_error(A) }
    xit "later"
    it "is idle" do
      cart.total
      expect(1).to eq(1)
    end
  end
end
class CartTest < Minitest::Test
  def test_total
    assert_equal 1, cart.total
  end
  def test_same
    assert_equal x, x
    assert true
  end
  def helper
    assert x
  end
  test "by name" do
    refute cart.full?
  end
end
`;
  assert.deepEqual(await cases('ruby', text), [
    '+ 3 Shop::Cart > when empty > is zero',
    '+ 6 Shop::Cart > when empty > it',
    '+ 7 Shop::Cart > when empty > raises',
    '- 8 Shop::Cart > when empty > later',
    '- 9 Shop::Cart > when empty > is idle',
    '+ 16 test_total',
    '- 19 test_same',
    '+ 26 by name',
  ]);
});

const php = `<?php
namespace App\\Shop;
use App\\Models\\User as U;
use App\\{A, B};
/**
 * Adds.
 */
#[Pure]
function add(int $a, ?string &$b = null, ...$rest): int { return $a + foo($b); }
abstract class Cart extends Base {
    public function __construct(private readonly int $n) { parent::__construct(); }
    public static function of(array $x): static { return new static($x); }
    protected function hidden(): void { $this->a->b(1); self::of([]); new Foo(2); }
    function each() { foreach ($x as $y) { yield $y; } }
}
interface I { public function m(int $q); }
enum E: string { case A = 'a'; }
`;

test('PHP: functions, methods, and what holds them', async () => {
  assert.deepEqual(await table('php', php), [
    'function add (a b? ...rest) value exported -',
    'class Cart () - exported -',
    'method Cart.__construct (n) - exported -',
    'method Cart.of (x) value exported -',
    'method Cart.hidden () - - -',
    'method Cart.each () value exported -',
    'class I () - exported -',
    'method I.m (q) - exported -',
    'class E () - exported -',
  ]);
  assert.equal((await unitsOf('php', php))[0]?.doc, '/**\n * Adds.\n */');
});

test('PHP: what is called and used', async () => {
  assert.deepEqual(await calls('php', php), ['foo', '__construct', 'Cart', 'b', 'of', 'Foo']);
  assert.deepEqual(await imports('php', php), ['App\\Models U', 'App A', 'App B']);
});

test('PHP: PHPUnit and Pest', async () => {
  const text = `<?php
final class CartTest extends TestCase {
    /** @test */
    public function adds(): void { $this->assertSame(2, add(1)); }
    #[Test]
    public function of(): void { self::assertEquals(1, $x); }
    public function testThrows() { $this->expectException(X::class); run(); }
    public function testIdle() { $this->assertTrue(true); self::assertSame($x, $x); }
    private function helper() { $this->assertTrue($x); }
}
it('does', function () { expect(add(1))->not->toBe(2); });
test('idle', fn () => expect(true)->toBeTrue());
`;
  assert.deepEqual(await cases('php', text), [
    '+ 4 adds',
    '+ 5 of',
    '+ 7 testThrows',
    '- 8 testIdle',
    '+ 11 does',
    '- 12 idle',
  ]);
});

const cpp = `#include <vector>
#include "a.h"
namespace shop {
/// Adds.
template <typename T>
inline int add(int a, const std::string& b = "x", T&&... rest) noexcept { return a + foo(b); }
class Cart : public Base {
  int secret();
public:
  explicit Cart(int n) : n_(n) {}
  virtual ~Cart() = default;
  int total(int a, int* p) const override { return ns::bar(n_) + this->x.y(1) + p->z(); }
private:
  void hidden();
};
struct Point { void move(int) {} };
}
int shop::Cart::get(int u) { Cart c{1}; return c.total(u, 0); }
static void arr(int xs[], int (&ys)[3], void (*cb)(int)) { std::make_unique<Point>(1); }
char *ptr(void) { return 0; }
`;

test('C++: functions, methods in and out of their class, and who may call them', async () => {
  assert.deepEqual(await table('cpp', cpp), [
    'function add (a b? ...rest) value exported -',
    'class Cart () - exported -',
    'method Cart.secret () value - -',
    'method Cart.Cart (n) - exported -',
    'method Cart.~Cart () - exported -',
    'method Cart.total (a p) value exported -',
    'method Cart.hidden () - - -',
    'class Point () - exported -',
    'method Point.move () - exported -',
    'method Cart.get (u) value exported -',
    'function arr (xs ys cb) - - -',
    'function ptr () value exported -',
  ]);
  const [add] = await unitsOf('cpp', cpp);
  assert.equal(add?.doc, '/// Adds.');
  assert.match(add?.signature ?? '', /^template <typename T>/);
});

test('C++: what is called and included', async () => {
  assert.deepEqual(await calls('cpp', cpp), ['foo', 'bar', 'y', 'z', 'Cart', 'total', 'make_unique']);
  assert.deepEqual(await imports('cpp', cpp), ['vector', 'a.h']);
});

test('C++: GoogleTest', async () => {
  const text = `TEST(CartTest, Adds) { EXPECT_EQ(add(1), 2); }
TEST_F(CartTest, Throws) { EXPECT_THROW(f(), std::exception); }
TEST(CartTest, Idle) { ASSERT_TRUE(true); EXPECT_EQ(x, x); }
TEST(CartTest, DISABLED_Later) { EXPECT_EQ(add(1), 2); }
void helper() { EXPECT_TRUE(x); }
`;
  assert.deepEqual(await cases('cpp', text), [
    '+ 1 CartTest.Adds',
    '+ 2 CartTest.Throws',
    '- 3 CartTest.Idle',
    '- 4 CartTest.DISABLED_Later',
  ]);
});

test('Rust: a test that gives back what went wrong can fail, one that makes it up cannot', async () => {
  const text = `#[test]
fn says() -> Result<(), String> {
    if one() == 1 { Ok(()) } else { Err("not one".into()) }
}
#[test]
fn only_makes() {
    let _ = show(Err::<u8, _>(1), Err(2));
}
`;
  assert.deepEqual(await cases('rust', text), ['+ 2 says', '- 6 only_makes']);
});

test('Ruby: a predicate matcher of RSpec calls the method that it is named after', async () => {
  const text = 'expect(Price.new(0)).to be_free\nexpect(price).not_to be_a_gift\n';
  const called = await calls('ruby', text);
  assert.ok(called.includes('free?') && called.includes('gift?'), called.join(' '));
});
