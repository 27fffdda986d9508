import type { Test } from '../language.ts';
import { childOf, ofType, type SyntaxNode, textOf } from '../node.ts';

/** `#[test]` and those of test crates (`#[tokio::test]`, `#[rstest]`); a module under `#[cfg(test)]` is a group. */
export function test(node: SyntaxNode, text: string): Test | undefined {
  const named = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (named === undefined || body === undefined) return undefined;
  const name = textOf(named, text);
  const attributes = attributesOf(node, text);
  if (node.type === 'mod_item')
    return attributes.some((each) => /^cfg\s*\(\s*test\s*\)/.test(each))
      ? { name, kind: 'group', body }
      : undefined;
  if (node.type !== 'function_item') return undefined;
  if (!attributes.some((each) => /^((\w+\s*::\s*)*test|rstest|test_case|quickcheck|proptest)\b/.test(each)))
    return undefined;
  const ignored = attributes.some((each) => /^ignore\b/.test(each));
  const panics = attributes.some((each) => /^should_panic\b/.test(each));
  return { name, kind: 'case', ...(!ignored && { body }), ...(!ignored && panics && { asserts: true }) };
}

/** What stands in the brackets of each attribute before a declaration. */
function attributesOf(node: SyntaxNode, text: string): readonly string[] {
  const siblings = node.parent?.children ?? [];
  const found: string[] = [];
  for (let index = siblings.indexOf(node) - 1; index >= 0; index--) {
    const before = siblings[index]!;
    if (before.type === 'attribute_item') found.push(textOf(before, text).replace(/^#\[\s*|\s*\]$/g, ''));
    else if (!/comment$/.test(before.type)) break;
  }
  return found;
}

/** The macros that compare or fail, and what panics where there is no value. */
export function asserts(node: SyntaxNode, text: string): boolean {
  if (node.type === 'try_expression') return true;
  if (node.type === 'call_expression') {
    const called = childOf(node, 'function');
    // What a test gives back as its failure.
    if (called !== undefined && textOf(called, text) === 'Err')
      return /^(block|match_arm|return_expression)$/.test(node.parent?.type ?? '');
    const field = childOf(called, 'field');
    return field !== undefined && /^(unwrap|expect|unwrap_err|expect_err)$/.test(textOf(field, text));
  }
  if (node.type !== 'macro_invocation') return false;
  const macro = textOf(childOf(node, 'macro') ?? node, text)
    .split('::')
    .at(-1)!;
  if (/^(panic|unreachable|todo|unimplemented)$/.test(macro)) return true;
  if (!/^(debug_)?assert|^(matches|prop_assert)|_assert|assert_/.test(macro)) return false;
  const said = ofType(node, 'token_tree');
  return said !== undefined && saysSomething(textOf(said, text).slice(1, -1), /_(eq|ne)$/.test(macro));
}

const CONSTANT = /^(true|false|-?\d[\w.]*|'[^']*'|"[^"]*"|b?"[^"]*")$/;

/** `assert!(true)`, `assert_eq!(1, 1)` and `assert_eq!(x, x)` can't fail. */
function saysSomething(written: string, compares: boolean): boolean {
  const parts = argumentsIn(written);
  const [first = '', second = ''] = parts;
  if (first === '') return false;
  if (!compares) {
    const sides = first.split(/\s*[!=]=\s*/);
    return !CONSTANT.test(first) && !(sides.length === 2 && sides[0] === sides[1]);
  }
  return first !== second && !(CONSTANT.test(first) && CONSTANT.test(second));
}

/** Cut at the commas that no bracket and no string holds. */
function argumentsIn(written: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const [token] of written.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])'|[\s\S]/g)) {
    if ('([{'.includes(token)) depth += 1;
    else if (')]}'.includes(token)) depth -= 1;
    if (token === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
