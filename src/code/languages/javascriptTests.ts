import { isConstant, isTautology, sayTheSame } from '../constant.ts';
import type { Test } from '../language.ts';
import { childOf, ofType, type SyntaxNode, textOf } from '../node.ts';

/** The text of a string or of a template without substitutions. */
export function stringOf(node: SyntaxNode, text: string): string | undefined {
  if (node.type !== 'string' && node.type !== 'template_string') return undefined;
  if (node.children.some((child) => child.type === 'template_substitution')) return undefined;
  return text.slice(node.start + 1, node.end - 1);
}

/** vitest, jest, mocha and node:test: `test`, `it.each(…)(…)`, `describe.skip`, `t.test`. */
export function test(node: SyntaxNode, text: string): Test | undefined {
  if (node.type !== 'call_expression') return undefined;
  const words = calleeWords(node, text);
  if (words === undefined) return undefined;
  const [first = '', ...rest] = words;
  const subtest = rest.length === 1 && /^(test|it)$/.test(rest[0]!) && /^(t|ctx|context)$/.test(first);
  const group = /^(describe|context|suite|fdescribe|xdescribe)$/.test(first) && rest.every(isModifier);
  const single = /^(it|test|specify|fit|xit|xtest)$/.test(first) && rest.every(isModifier);
  const nestedGroup = first === 'test' && rest[0] === 'describe' && rest.slice(1).every(isModifier);
  if (!subtest && !group && !single && !nestedGroup) return undefined;
  const given = childOf(node, 'arguments')?.children.filter(
    (child) => child.named && child.type !== 'comment',
  );
  if (given === undefined) return undefined;
  // `it.each(table)` is no test yet: the call of what it gives back is.
  if (/^(each|for|skipIf|runIf)$/.test(rest.at(-1) ?? '')) {
    if (childOf(node, 'function')?.type !== 'call_expression') return undefined;
  }
  const title = given[0];
  const runs = given.findLast((each) => isFunction(each));
  const named = given.length > 1 ? given.findLast((each) => each.type === 'identifier') : undefined;
  const pending = /^(xit|xtest|xdescribe)$/.test(first) || rest.some((word) => /^(skip|todo)$/.test(word));
  const kind = group || nestedGroup ? 'group' : 'case';
  if (kind === 'group' && runs === undefined) return undefined;
  const isTitle = title !== undefined && !isFunction(title);
  return {
    name: isTitle ? (stringOf(title, text) ?? textOf(title, text)) : '',
    kind,
    ...(runs !== undefined && !(pending && kind === 'case') && { body: runs }),
    ...(runs === undefined && named !== undefined && !pending && { runs: textOf(named, text) }),
  };
}

function isModifier(word: string): boolean {
  return /^(only|skip|todo|concurrent|sequential|parallel|serial|shuffle|fails|failing|each|for|skipIf|runIf)$/.test(
    word,
  );
}

function isFunction(node: SyntaxNode): boolean {
  return /^(arrow_function|function_expression|generator_function)$/.test(node.type);
}

/** `it.each([1])` and `it.each` and `it` as words; undefined for a callee that is more than names. */
function calleeWords(call: SyntaxNode, text: string): readonly string[] | undefined {
  const words: string[] = [];
  let at = childOf(call, 'function');
  while (at !== undefined) {
    if (at.type === 'identifier') return [textOf(at, text), ...words];
    if (at.type === 'member_expression') {
      const property = childOf(at, 'property');
      if (property === undefined) return undefined;
      words.unshift(textOf(property, text));
      at = childOf(at, 'object');
    } else if (at.type === 'call_expression' && words.length === 0) at = childOf(at, 'function');
    else return undefined;
  }
  return undefined;
}

export function asserts(node: SyntaxNode, text: string): boolean {
  if (node.type === 'throw_statement') return true;
  if (node.type === 'call_expression') return callAsserts(node, text);
  // chai's properties: `expect(x).to.be.true;`
  if (node.type !== 'member_expression' || node.parent?.type !== 'expression_statement') return false;
  const root = rootCall(node);
  return root !== undefined && isExpect(root, text) && !isConstantCall(root);
}

function callAsserts(call: SyntaxNode, text: string): boolean {
  const callee = childOf(call, 'function');
  if (callee === undefined) return false;
  const given = argumentsOf(call);
  const root = rootCall(callee);
  if (root !== undefined && isExpect(root, text)) {
    const expected = given[0];
    const actual = argumentsOf(root)[0];
    if (isConstantCall(root)) return false;
    return !(expected !== undefined && actual !== undefined && sayTheSame(actual, expected, text));
  }
  const words = textOf(callee, text).split(/\s*\??\.\s*/);
  const last = words.at(-1) ?? '';
  if (words.length > 1 && /^should$/.test(last)) return true;
  if (words.includes('should') && words.length > 1) return true;
  // supertest: `.expect(200)` on a request.
  if (words.length > 1 && last === 'expect' && given.length > 0 && callee.type === 'member_expression')
    return true;
  if (!words.some((word) => /^assert([A-Z]\w*)?$/.test(word))) return false;
  if (last === 'fail') return true;
  if (given.length === 0) return false;
  if (given.every((each) => isConstant(each))) return false;
  return !(given.length >= 2 && sayTheSame(given[0]!, given[1]!, text)) && !isTautology(given[0]!, text);
}

function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  const list = childOf(call, 'arguments') ?? ofType(call, 'arguments');
  return list?.children.filter((child) => child.named && child.type !== 'comment') ?? [];
}

/** In `expect(x).not.toBe` the call `expect(x)`. */
function rootCall(callee: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | undefined = callee;
  if (at.type !== 'member_expression') return undefined;
  while (at?.type === 'member_expression') {
    at = childOf(at, 'object');
    // `expect(x).to.have.been.called.with(…)`: chained calls lead back to the first.
    while (at?.type === 'call_expression') {
      const inner: SyntaxNode | undefined = childOf(at, 'function');
      if (inner?.type !== 'member_expression') return at;
      if (childOf(inner, 'object')?.type === 'identifier') return at;
      at = inner;
    }
  }
  return undefined;
}

function isExpect(call: SyntaxNode, text: string): boolean {
  const callee = childOf(call, 'function');
  return (
    callee !== undefined && /^(chai\.|t\.)?(expect|should)(\.(soft|poll))?$/.test(textOf(callee, text).trim())
  );
}

function isConstantCall(call: SyntaxNode): boolean {
  const given = argumentsOf(call);
  return given.length === 0 || given.every((each) => isConstant(each));
}
