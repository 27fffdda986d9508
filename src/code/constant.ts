import { childOf, type SyntaxNode, textOf, walk } from './node.ts';

/** Nodes whose value can differ from run to run or from code to code. */
const VARYING = new Set([
  'identifier',
  'property_identifier',
  'field_identifier',
  'this',
  'call',
  'call_expression',
  'new_expression',
  'method_invocation',
  'invocation_expression',
  'object_creation_expression',
]);

/** An expression of literals alone: what a test says of it is known before the test runs. */
export function isConstant(node: SyntaxNode): boolean {
  for (const each of walk(node)) if (VARYING.has(each.type)) return false;
  return true;
}

/** Both are written alike, so that comparing them can't fail. */
export function sayTheSame(left: SyntaxNode, right: SyntaxNode, text: string): boolean {
  return textOf(left, text) === textOf(right, text);
}

/** `x == x`, in any of the languages. */
export function isTautology(node: SyntaxNode, text: string): boolean {
  if (node.type !== 'binary_expression' && node.type !== 'comparison_operator') return false;
  const sides = node.children.filter((child) => child.named);
  const operator = childOf(node, 'operator') ?? node.children.find((child) => !child.named);
  if (sides.length !== 2 || operator === undefined) return false;
  return /^(={2,3}|is|<=|>=)$/.test(textOf(operator, text)) && sayTheSame(sides[0]!, sides[1]!, text);
}
