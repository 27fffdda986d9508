import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cases } from './ask.ts';

test('vitest, jest and mocha: nested groups, tables, modifiers', async () => {
  const text = `import { describe, expect, it } from 'vitest';
describe('cart', () => {
  describe.skip("empty", function () {
    it('has no total', () => { expect(cart.total).toBe(0); });
  });
  it.each([[1, 2], [3, 4]])('adds %i', (a, b) => { expect(add(a)).toEqual(b); });
  test.concurrent(\`works\`, async () => { await expect(load()).rejects.toThrow(); });
  it.each\`
    a | b
    \${1} | \${2}
  \`('table $a', ({ a, b }) => { expect(a).toBe(b); });
  it('is pending');
  it.todo('later');
  it.skip('skipped', () => { expect(x).toBe(1); });
  it('does nothing', () => { add(1, 2); });
  it.skipIf(slow)('when quick', () => { expect(x).toBe(1); });
  it('with options', { timeout: 5 }, () => { expect(x).toBe(1); });
});
it.only(name + '!', () => { expect(x).not.toHaveBeenCalled(); });
`;
  assert.deepEqual(await cases('typescript', text), [
    '+ 4 cart > empty > has no total',
    '+ 6 cart > adds %i',
    '+ 7 cart > works',
    '+ 8 cart > table $a',
    '- 12 cart > is pending',
    '- 13 cart > later',
    '- 14 cart > skipped',
    '- 15 cart > does nothing',
    '+ 16 cart > when quick',
    '+ 17 cart > with options',
    "+ 19 name + '!'",
  ]);
});

test('JavaScript: what cannot fail is no assertion', async () => {
  const inert = [
    'expect(f(1)).toEqual(f(1));',
    'assert.strictEqual(f(1), f(1));',
    'expect(true).toBe(true);',
    'expect(1 + 1).toBe(2);',
    'expect(x).toBe(x);',
    'expect(x);',
    'expect.assertions(1);',
    'assert.equal(1, 1);',
    'assert.ok(true);',
    'assert(true);',
    'assert.equal(a, a);',
    'assert(a === a);',
    'console.log(x);',
    'expect().toBe(1);',
  ];
  for (const line of inert)
    assert.deepEqual(await cases('typescript', `it('t', () => { ${line} });`), ['- 1 t'], line);
});

test('JavaScript: what can fail is one, whatever the library', async () => {
  const real = [
    'expect(f()).toBe(1);',
    'expect(() => f()).toThrow();',
    'await expect(f()).resolves.toEqual({ a: 1 });',
    'expect(x).to.be.true;',
    'expect(x).to.have.property("a").that.equals(2);',
    'x.should.equal(1);',
    'assert.equal(f(), 1);',
    'assert(f());',
    'assert.strictEqual(f(), 1, "why");',
    'assert.throws(() => f());',
    'await assert.rejects(f());',
    'try { f(); assert.fail(); } catch {}',
    't.assert.equal(f(), 1);',
    'await request(app).get("/").expect(200);',
    'sinon.assert.calledOnce(spy);',
    'if (f() !== 1) throw new Error("no");',
    'expect.soft(f()).toBe(1);',
    'expect(x).toMatchSnapshot();',
  ];
  for (const line of real)
    assert.deepEqual(await cases('typescript', `it('t', async () => { ${line} });`), ['+ 1 t'], line);
});

test('JavaScript: a helper of the file may assert for a test', async () => {
  const text =
    'function check(x) { deeper(x); }\nconst deeper = (x) => { expect(x).toBe(1); };\nit("a", () => { check(f()); });\nit("b", check);\nit("c", other);\n';
  assert.deepEqual(await cases('javascript', text), ['+ 3 a', '+ 4 b', '- 5 c']);
});

test('node:test: suites, subtests and unnamed tests', async () => {
  const text = `suite('s', () => { test('a', (t) => { assert.equal(f(), 1); }); });
test('outer', async (t) => {
  await t.test('inner', () => { assert.ok(f()); });
});
`;
  assert.deepEqual(await cases('javascript', text), ['+ 1 s > a', '+ 2 outer', '+ 3 outer > inner']);
});

test('pytest and unittest', async () => {
  const text = `import pytest

def helper(x):
    assert x == 1

def test_sum():
    assert add(1, 2) == 3

def test_nothing():
    add(1, 2)

def test_true():
    assert True
    assert 1 == 1, "always"

def test_same():
    assert x == x

@pytest.mark.parametrize("a", [1, 2])
async def test_raises(a):
    with pytest.raises(ValueError, match="no"):
        parse(a)

def test_by_helper():
    helper(add(0, 1))

@pytest.mark.skip(reason="later")
def test_skipped():
    assert add(1, 2) == 3

class TestCart:
    def test_total(self):
        assert Cart().total == 0
    def helper(self):
        def test_inner(): assert x

class CartCase(unittest.TestCase):
    def test_equal(self):
        self.assertEqual(add(1, 2), 3)
    def test_constant(self):
        self.assertTrue(True)
    def test_context(self):
        with self.assertRaises(ValueError):
            parse("")
    def test_mock(self):
        save.assert_called_once()

class Other:
    def test_not_collected_by_name_of_class(self):
        assert f()
`;
  assert.deepEqual(await cases('python', text), [
    '+ 6 test_sum',
    '- 9 test_nothing',
    '- 12 test_true',
    '- 16 test_same',
    '+ 20 test_raises',
    '+ 24 test_by_helper',
    '- 28 test_skipped',
    '+ 32 TestCart > test_total',
    '+ 38 CartCase > test_equal',
    '- 40 CartCase > test_constant',
    '+ 42 CartCase > test_context',
    '+ 45 CartCase > test_mock',
  ]);
});

test('go test: functions, subtests, testify', async () => {
  const text = `package shop

func TestAdd(t *testing.T) {
	if got := Add(1, 2); got != 3 {
		t.Errorf("got %d", got)
	}
}

func TestTable(t *testing.T) {
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			require.Equal(t, tc.want, Add(tc.a, tc.b))
		})
		t.Run("logs", func(t *testing.T) { t.Log(err.Error()) })
	}
}

func TestNothing(t *testing.T) { Add(1, 2); _ = fmt.Errorf("x") }
func TestConstant(t *testing.T) { assert.True(t, true) }
func TestSame(t *testing.T) { assert.Equal(t, x, x) }
func TestHelper(t *testing.T) { check(t, Add(1, 2)) }
func check(t *testing.T, got int) { t.Helper(); if got != 3 { t.Fatal("no") } }
func TestMain(m *testing.M) { os.Exit(m.Run()) }
func Testify(x int) {}
func FuzzParse(f *testing.F) { f.Fuzz(func(t *testing.T, s string) { if Parse(s) == nil { t.Fail() } }) }
func (s *CartSuite) TestTotal() { s.Equal(3, s.cart.Total()) }
`;
  assert.deepEqual(await cases('go', text), [
    '+ 3 TestAdd',
    '+ 9 TestTable',
    '+ 11 TestTable > tc.name',
    '- 14 TestTable > logs',
    '- 18 TestNothing',
    '- 19 TestConstant',
    '- 20 TestSame',
    '+ 21 TestHelper',
    '+ 25 FuzzParse',
    '+ 26 TestTotal',
  ]);
});

test('JUnit', async () => {
  const text = `class CartTest {
  @Test
  void adds() { assertEquals(3, cart.add(1, 2)); }
  @ParameterizedTest @ValueSource(ints = {1, 2})
  void table(int a) { Assertions.assertTrue(cart.has(a), "has"); }
  @Test void nothing() { cart.add(1, 2); }
  @Test void constant() { assertTrue(true); }
  @Test void fluent() { assertThat(cart.total()).isEqualTo(3); }
  @Test void collected() { expect.that(cart.total()).isEqualTo(3); }
  @Test void unfinished() { assertThat(cart.total()); }
  @Test void fluentConstant() { assertThat(true).isTrue(); }
  @Test void same() { assertEquals(x, x); }
  @Test(expected = IllegalStateException.class) public void expected() { cart.close(); }
  @Test void mock() { verify(repo).save(any()); }
  @Test void throwing() { assertThrows(IOException.class, () -> cart.load()); }
  @Disabled @Test void off() { assertEquals(3, cart.add(1, 2)); }
  void helper() { fail(); }
  @Test void byHelper() { helper(); }
  @Nested class Empty { @Test void total() { assertEquals(0, cart.total()); } }
}
class OldTest extends TestCase { public void testOld() { assertNull(f()); } }
`;
  assert.deepEqual(await cases('java', text), [
    '+ 2 adds',
    '+ 4 table',
    '- 6 nothing',
    '- 7 constant',
    '+ 8 fluent',
    '+ 9 collected',
    '- 10 unfinished',
    '- 11 fluentConstant',
    '- 12 same',
    '+ 13 expected',
    '+ 14 mock',
    '+ 15 throwing',
    '- 16 off',
    '+ 18 byHelper',
    '+ 19 Empty > total',
    '+ 21 testOld',
  ]);
});

test('xUnit, NUnit and MSTest', async () => {
  const text = `public class CartTests
{
    [Fact]
    public void Adds() { Assert.Equal(3, cart.Add(1, 2)); }
    [Theory, InlineData(1)]
    public void Table(int a) => Assert.True(cart.Has(a));
    [Fact] public void Nothing() { cart.Add(1, 2); }
    [Fact] public void Constant() { Assert.True(true); }
    [Fact(Skip = "later")] public void Off() { Assert.Equal(3, cart.Add(1, 2)); }
    [Fact] public async Task Throws() { await Assert.ThrowsAsync<IOException>(() => cart.Load()); }
    [Fact] public void Fluent() { cart.Total.Should().Be(3); }
    [Test] public void That() { Assert.That(cart.Total, Is.EqualTo(3)); }
    [TestCase(1, 2)] public void Case(int a, int b) { ClassicAssert.AreEqual(b, cart.Add(a)); }
    [TestMethod] public void Mock() { repo.Verify(r => r.Save(), Times.Once); }
    [Fact] public void Same() { Assert.Equal(x, x); }
    [Fact] public void Passing() { Assert.Pass(); }
    public void NoTest() { Assert.Equal(1, f()); }
    [Fact] public void ByHelper() { NoTest(); }
}
`;
  assert.deepEqual(await cases('csharp', text), [
    '+ 3 Adds',
    '+ 5 Table',
    '- 7 Nothing',
    '- 8 Constant',
    '- 9 Off',
    '+ 10 Throws',
    '+ 11 Fluent',
    '+ 12 That',
    '+ 13 Case',
    '+ 14 Mock',
    '- 15 Same',
    '- 16 Passing',
    '+ 18 ByHelper',
  ]);
});
