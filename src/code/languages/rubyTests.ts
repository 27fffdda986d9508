import { isConstant, isTautology, sayTheSame } from '../constant.ts';
import type { Test } from '../language.ts';
import { above, childOf, ofType, type SyntaxNode, textOf } from '../node.ts';

const GROUPS = /^[fx]?(describe|context|feature|shared_examples(_for)?)$/;
const CASES = /^f?(it|specify|example|scenario|test|should)$/;

/** RSpec, Minitest in both its forms, test-unit and ActiveSupport's `test "…"`. */
export function test(node: SyntaxNode, text: string): Test | undefined {
  const body = childOf(node, 'body') ?? childOf(node, 'block');
  if (node.type === 'method' && node.named) {
    const name = textOf(childOf(node, 'name') ?? node, text);
    const holder = above(node, new Set(['class', 'module']));
    const superclass = childOf(holder, 'superclass');
    const isTest =
      /^test_/.test(name) && superclass !== undefined && /Test|Case/.test(textOf(superclass, text));
    return isTest ? { name, kind: 'case', ...(body !== undefined && { body }) } : undefined;
  }
  if (node.type !== 'call') return undefined;
  const method = textOf(childOf(node, 'method') ?? { ...node, end: node.start }, text);
  const on = childOf(node, 'receiver');
  if (on !== undefined && textOf(on, text) !== 'RSpec') return undefined;
  const title = childOf(node, 'arguments')?.children.find((child) => child.named);
  const name = title === undefined ? method : titleOf(title, text);
  if (GROUPS.test(method) && body !== undefined) return { name, kind: 'group', body };
  if (/^x(it|specify|example)$|^pending$/.test(method) && title !== undefined) return { name, kind: 'case' };
  if (!CASES.test(method) || (title === undefined && body === undefined)) return undefined;
  // `it` also stands for a block's only argument.
  return { name, kind: 'case', ...(body !== undefined && { body }) };
}

function titleOf(title: SyntaxNode, text: string): string {
  const content = ofType(title, 'string_content');
  return content === undefined ? textOf(title, text) : textOf(content, text);
}

/** RSpec's expectations, Minitest's and test-unit's assertions and Minitest's `must_…`; and `raise`. */
export function asserts(node: SyntaxNode, text: string): boolean {
  if (node.type !== 'call') return false;
  const method = textOf(childOf(node, 'method') ?? { ...node, end: node.start }, text);
  const given = childOf(node, 'arguments')?.children.filter((child) => child.named) ?? [];
  const on = childOf(node, 'receiver');
  if (/^(raise|flunk|fail)$/.test(method) && on === undefined) return true;
  if (/^(to|not_to|to_not)$/.test(method)) return expects(on, given, text);
  if (/^(must|wont)_\w+$/.test(method)) return on !== undefined && !isConstant(on);
  if (!/^(assert|refute)(_\w+)?$/.test(method) || on !== undefined) return false;
  if (childOf(node, 'block') !== undefined) return true;
  const [first, second] = given;
  if (first === undefined || given.every((each) => isConstant(each))) return false;
  if (second !== undefined && sayTheSame(first, second, text)) return false;
  return !isTautology(first, text);
}

function expects(on: SyntaxNode | undefined, matchers: readonly SyntaxNode[], text: string): boolean {
  if (on === undefined || matchers.length === 0) return false;
  if (on.type === 'identifier') return textOf(on, text) === 'is_expected';
  const called = childOf(on, 'method');
  if (called === undefined || !/^(expect|expect_any_instance_of|allow)$/.test(textOf(called, text)))
    return false;
  if (textOf(called, text) === 'allow') return false;
  const actual = childOf(on, 'arguments')?.children.find((child) => child.named);
  return actual === undefined ? childOf(on, 'block') !== undefined : !isConstant(actual);
}
