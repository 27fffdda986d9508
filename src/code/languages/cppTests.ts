import { isConstant, isTautology, sayTheSame } from '../constant.ts';
import type { Test } from '../language.ts';
import { childOf, ofType, type SyntaxNode, textOf } from '../node.ts';

/** GoogleTest (`TEST(Suite, Name) {…}` reads like a function) and Catch2 and doctest (`TEST_CASE("…") {…}`). */
export function test(node: SyntaxNode, text: string): Test | undefined {
  if (node.type === 'function_definition') return googleTest(node, text);
  if (node.type !== 'expression_statement') return undefined;
  const call = ofType(node, 'call_expression');
  const word = textOf(childOf(call, 'function') ?? { ...node, end: node.start }, text);
  if (!/^(TEST_CASE|SCENARIO|SECTION|SUBCASE|GIVEN|WHEN|THEN|TEST_CASE_METHOD)$/.test(word)) return undefined;
  const title = argumentsOf(call).find((each) => each.type === 'string_literal');
  const siblings = node.parent?.children ?? [];
  const body = siblings[siblings.indexOf(node) + 1];
  if (title === undefined || body?.type !== 'compound_statement') return undefined;
  const content = ofType(title, 'string_content');
  return { name: content === undefined ? '' : textOf(content, text), kind: 'case', body };
}

function googleTest(node: SyntaxNode, text: string): Test | undefined {
  const declarator = childOf(node, 'declarator');
  const macro = childOf(declarator, 'declarator');
  const body = childOf(node, 'body');
  if (declarator === undefined || macro === undefined || body === undefined) return undefined;
  if (!/^(TYPED_)?TEST(_F|_P)?$/.test(textOf(macro, text))) return undefined;
  const names = (childOf(declarator, 'parameters')?.children ?? [])
    .filter((child) => child.named)
    .map((child) => textOf(child, text));
  return { name: names.join('.'), kind: 'case', ...(!/(^|\.)DISABLED_/.test(names.join('.')) && { body }) };
}

function argumentsOf(call: SyntaxNode | undefined): readonly SyntaxNode[] {
  return (
    childOf(call, 'arguments')?.children.filter((child) => child.named && child.type !== 'comment') ?? []
  );
}

/** GoogleTest, GoogleMock, Catch2, doctest and `assert`; and `throw`. */
export function asserts(node: SyntaxNode, text: string): boolean {
  if (node.type === 'throw_statement') return true;
  if (node.type !== 'call_expression') return false;
  const word = textOf(childOf(node, 'function') ?? { ...node, end: node.start }, text);
  if (/^(FAIL|ADD_FAILURE|GTEST_FAIL|FAIL_CHECK|abort)$/.test(word)) return true;
  if (!/^((EXPECT|ASSERT)_[A-Z_]+|EXPECT_CALL|(REQUIRE|CHECK)(_[A-Z_]+)?|assert|g?test_assert)$/.test(word))
    return false;
  const [first, second] = argumentsOf(node);
  if (first === undefined) return false;
  if (/THROW|DEATH|CALL|NO_FATAL/.test(word)) return true;
  const given = argumentsOf(node);
  if (given.every((each) => isConstant(each))) return false;
  if (second !== undefined && sayTheSame(first, second, text)) return false;
  return !isTautology(first, text);
}
