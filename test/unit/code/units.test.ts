import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table, unitIn, unitsOf } from './ask.ts';

test('Python: functions, methods and classes, decorated, nested and async', async () => {
  const text = `import functools

@functools.cache
def area(width, height=2, /, *sides, unit: str = "m", scale, **more) -> float:
    def inner(x):
        return x
    return width * height

async def fetch(url):
    yield url

class _Store(Base):
    limit = 3

    def __init__(self, path: str):
        self.path = path

    @staticmethod
    def of(path):
        return _Store(path)

    @classmethod
    def empty(cls):
        return cls("")

    def _save(self, *items): ...

class Open:
    def read(self) -> None:
        return None
    def size(self, (a, b)=None):
        return None
`;
  assert.deepEqual(await table('python', text), [
    'function area (width height? ...sides unit? scale ...more) value exported -',
    'function inner (x) value - -',
    'function fetch (url) value exported async',
    'class _Store () - - -',
    'method _Store.__init__ (path) - - -',
    'method _Store.of (path) value - -',
    'method _Store.empty () value - -',
    'method _Store._save (...items) - - -',
    'class Open () - exported -',
    'method Open.read () - exported -',
    'method Open.size ((a, b)?) - exported -',
  ]);
});

test('Python: the docstring is the doc, the signature ends with its colon', async () => {
  const [f, g, h] = await unitsOf(
    'python',
    'def f(a):  # first\n    # second\n    """Doc.\n\n    More."""\n    return a\n\ndef g(): "one line"\n\ndef h():\n    f"{x}"\n',
  );
  assert.equal(f!.doc, '"""Doc.\n\n    More."""');
  assert.equal(f!.signature, 'def f(a):');
  assert.equal(g!.doc, '"one line"');
  assert.equal(h!.doc, undefined);
});

test('Python: a cursor on a decorator, in a nested function or in a class finds the right one', async () => {
  const text = (where: string) =>
    `@app.¦0get("/")\nasync def home():\n    ¦1x = 1\n    def deep():\n        re¦2turn 1\n    return deep\n\nclass ¦3A:\n    y = ¦4\n    @property\n    def b(self):\n        return 1¦5\n`
      .replace(`¦${where}`, '|')
      .replace(/¦\d/g, '')
      .replace('|', '¦');
  const names = [];
  for (const where of ['0', '1', '2', '3', '4', '5']) names.push((await unitIn('python', text(where)))?.name);
  assert.deepEqual(names, ['home', 'home', 'deep', 'A', 'A', 'b']);
});

test('Go: functions, methods with receivers, generics, types and bound literals', async () => {
  const text = `package shop

// Cart holds items.
//
// It is not safe for concurrent use.
//
//go:generate stringer
type Cart[T any] struct {
	items []T
}

// Add puts items in.
func (c *Cart[T]) Add(first, second T, rest ...T) (int, error) {
	return 0, nil
}

func (Cart[T]) hidden(_ int, fn func(x int) string) {}

func Map[K comparable, V any](m map[K]V) []K { return nil }

type (
	reader interface {
		Read(p []byte) (n int, err error)
	}
	alias = int
)

var Helper = func(a int) int { return a }
`;
  assert.deepEqual(await table('go', text), [
    'class Cart () - exported -',
    'method Cart.Add (first second ...rest) value exported -',
    'method Cart.hidden (fn) - - -',
    'function Map (m) value exported -',
    'class reader () - - -',
    'method reader.Read (p) value - -',
    'function Helper (a) value exported -',
  ]);
  const [cart, add] = await unitsOf('go', text);
  assert.equal(cart!.doc, '// Cart holds items.\n//\n// It is not safe for concurrent use.\n//');
  assert.equal(add!.doc, '// Add puts items in.');
  assert.equal(add!.signature, 'func (c *Cart[T]) Add(first, second T, rest ...T) (int, error)');
});

test('Java: methods, constructors, records, interfaces and annotations', async () => {
  const text = `package shop;

/** A cart. */
@Entity(name = "cart")
public final class Cart<T> extends Base {
  private int n = 1;

  public Cart(final int size, String... names) { super(size); }

  /** Adds. */
  @Override
  @Deprecated
  public <R> R add(Map<String, List<T>> items, int[] more) throws IOException { return null; }

  void clear() {}

  interface Priced { long price(); }

  record Line(int count, String name) {
    Line { if (count < 0) throw new IllegalArgumentException(); }
  }

  enum Kind { A, B; static Kind first() { return A; } }
}
`;
  assert.deepEqual(await table('java', text), [
    'class Cart () - exported -',
    'method Cart.Cart (size ...names) - exported -',
    'method Cart.add (items more) value exported -',
    'method Cart.clear () - - -',
    'class Priced () - - -',
    'method Priced.price () value - -',
    'class Line (count name) - - -',
    'method Line.Line (count name) - - -',
    'class Kind () - - -',
    'method Kind.first () value - -',
  ]);
  const [cart, , add] = await unitsOf('java', text);
  assert.equal(cart!.doc, '/** A cart. */');
  assert.equal(add!.doc, '/** Adds. */');
  assert.match(add!.span!, /^@Override/);
  assert.match(add!.signature!, /throws IOException$/);
  assert.equal((await unitIn('java', text.replace('@Deprecated', '@Depre¦cated')))?.name, 'add');
  assert.equal((await unitIn('java', text.replace('/** Adds', '/** Ad¦ds')))?.name, 'add');
  assert.equal((await unitIn('java', text.replace('class Cart<', 'class Ca¦rt<')))?.kind, 'class');
});

test('C#: methods, constructors, local functions, records and attributes', async () => {
  const text = `using System;
namespace Shop;

/// <summary>A cart.</summary>
/// <remarks>None.</remarks>
[Serializable]
public class Cart<T>(int size) : Base where T : class
{
    private int n = 1;
    public Cart() : this(1) { }
    /// <summary>Adds.</summary>
    [Obsolete("x"), Pure]
    public async Task<int> Add<R>(ref int a, out string b, in int c, int @class = 1, params object[] rest)
    {
        int Twice(int x) => x * 2;
        return await Twice(a);
    }
    internal async Task Save() => await Task.CompletedTask;
    public static int Grow(this Cart<int> cart, int? by = null) => 1;
    ~Cart() { }
}

public record Line(int Count, string Name);
interface IPriced { long Price(); }
`;
  assert.deepEqual(await table('csharp', text), [
    'class Cart (size) - exported -',
    'method Cart.Cart () - exported -',
    'method Cart.Add (a b c class? ...rest) value exported async',
    'function Twice (x) value - -',
    'method Cart.Save () - - async',
    'method Cart.Grow (cart by?) value exported -',
    'method Cart.Cart () - - -',
    'class Line (Count Name) - exported -',
    'class IPriced () - - -',
    'method IPriced.Price () value - -',
  ]);
  const [cart, , add, , save] = await unitsOf('csharp', text);
  assert.equal(cart!.doc, '/// <summary>A cart.</summary>\n/// <remarks>None.</remarks>');
  assert.equal(add!.doc, '/// <summary>Adds.</summary>');
  assert.match(add!.span!, /^\[Obsolete/);
  assert.equal(save!.signature, 'internal async Task Save()');
  assert.equal((await unitIn('csharp', text.replace('Pure', 'Pu¦re')))?.name, 'Add');
  assert.equal((await unitIn('csharp', text.replace('A cart', 'A c¦art')))?.name, 'Cart');
});
