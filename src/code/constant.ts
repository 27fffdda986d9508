import { childOf, type SyntaxNode, textOf, walk } from './node.ts';

const CALLS = new Set([
  'call',
  'call_expression',
  'new_expression',
  'method_invocation',
  'invocation_expression',
  'object_creation_expression',
  'function_call_expression',
  'member_call_expression',
  'scoped_call_expression',
]);
/** Nodes whose value another node decides. */
const NAMES = new Set([
  'identifier',
  'property_identifier',
  'field_identifier',
  'this',
  'variable_name',
  'instance_variable',
  'global_variable',
  'constant',
]);

/** An expression of literals alone: what a test says of it is known before the test runs. */
export function isConstant(node: SyntaxNode): boolean {
  for (const each of walk(node)) if (NAMES.has(each.type) || CALLS.has(each.type)) return false;
  return true;
}

/** Both are written alike, calls included, so that comparing them says nothing of what is right. */
export function sayTheSame(left: SyntaxNode, right: SyntaxNode, text: string): boolean {
  return textOf(left, text) === textOf(right, text);
}

/** `x == x`, in any of the languages. */
export function isTautology(node: SyntaxNode, text: string): boolean {
  if (!/^(binary(_expression)?|comparison_operator)$/.test(node.type)) return false;
  const sides = node.children.filter((child) => child.named);
  const operator = childOf(node, 'operator') ?? node.children.find((child) => !child.named);
  if (sides.length !== 2 || operator === undefined) return false;
  return /^(={2,3}|is|<=|>=)$/.test(textOf(operator, text)) && sayTheSame(sides[0]!, sides[1]!, text);
}
