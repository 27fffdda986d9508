import { isConstant, isTautology, sayTheSame } from '../constant.ts';
import type { Test } from '../language.ts';
import { above, childOf, type SyntaxNode, textOf } from '../node.ts';

const DEFINITIONS = new Set(['function_definition', 'class_definition']);

/** Whether pytest or unittest looks for tests in a class. */
function collects(definition: SyntaxNode, text: string): boolean {
  const name = childOf(definition, 'name');
  const bases = childOf(definition, 'superclasses');
  return (
    (name !== undefined && /^Test/.test(textOf(name, text))) ||
    (bases !== undefined && /Tests?(Case|Base|Mixin)?\b/.test(textOf(bases, text)))
  );
}

/** pytest's functions and classes, unittest's methods. */
export function test(node: SyntaxNode, text: string): Test | undefined {
  const named = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (named === undefined || body === undefined) return undefined;
  const name = textOf(named, text);
  if (node.type === 'class_definition')
    return collects(node, text) ? { name, kind: 'group', body } : undefined;
  if (node.type !== 'function_definition' || !/^test/.test(name)) return undefined;
  const outer = node.parent?.type === 'decorated_definition' ? node.parent : node;
  const owner = above(outer, DEFINITIONS);
  // A function inside a function is nobody's test, nor is the method of a class that nobody collects.
  if (owner !== undefined && (owner.type !== 'class_definition' || !collects(owner, text))) return undefined;
  const skipped =
    outer !== node && /@(pytest\.mark\.skip|unittest\.skip|skip)\b/.test(text.slice(outer.start, node.start));
  return { name, kind: 'case', ...(!skipped && { body }) };
}

export function asserts(node: SyntaxNode, text: string): boolean {
  if (node.type === 'raise_statement') return true;
  if (node.type === 'assert_statement') {
    const condition = node.children.find((child) => child.named && child.type !== 'comment');
    return condition !== undefined && !isConstant(condition) && !isTautology(condition, text);
  }
  if (node.type !== 'call') return false;
  const callee = childOf(node, 'function');
  if (callee === undefined) return false;
  const written = textOf(callee, text);
  const last = written.split('.').at(-1) ?? '';
  if (/^(pytest\.)?(raises|warns|fail|deprecated_call)$/.test(written)) return true;
  if (/^self\.fail$/.test(written)) return true;
  if (!/^assert/.test(last)) return false;
  const given =
    childOf(node, 'arguments')?.children.filter((child) => child.named && child.type !== 'comment') ?? [];
  // mock.assert_called_once()
  if (given.length === 0) return callee.type === 'attribute';
  if (
    /^assert(Raises|Warns|Logs|NoLogs)/.test(last) ||
    /^assert_(called|any_call|has_calls|awaited|raises)/.test(last)
  )
    return true;
  if (given.every((each) => isConstant(each))) return false;
  const [left, right] = given;
  return right === undefined ? !isTautology(left!, text) : !sayTheSame(left!, right, text);
}
