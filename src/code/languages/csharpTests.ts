import { isConstant, isTautology, sayTheSame } from '../constant.ts';
import type { Test } from '../language.ts';
import { childOf, type SyntaxNode, textOf } from '../node.ts';

const CASES =
  /^(Fact|Theory|Test|TestCase|TestCaseSource|TestMethod|DataTestMethod|SkippableFact)(Attribute)?$/;

/** xUnit, NUnit and MSTest; a nested class is a group. */
export function test(node: SyntaxNode, text: string): Test | undefined {
  const named = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (named === undefined || body === undefined) return undefined;
  const name = textOf(named, text);
  if (node.type === 'class_declaration')
    return node.parent?.parent?.type === 'class_declaration' ? { name, kind: 'group', body } : undefined;
  if (node.type !== 'method_declaration') return undefined;
  const attributes = attributesOf(node, text);
  if (!attributes.some((each) => CASES.test(each.name))) return undefined;
  const skipped = attributes.some(
    (each) => /^(Ignore|Explicit)/.test(each.name) || /\bSkip\s*=/.test(each.written),
  );
  const expects = attributes.some((each) => /^ExpectedException/.test(each.name));
  return { name, kind: 'case', ...(!skipped && { body }), ...(expects && !skipped && { asserts: true }) };
}

function attributesOf(method: SyntaxNode, text: string): readonly { name: string; written: string }[] {
  return method.children
    .filter((child) => child.type === 'attribute_list')
    .flatMap((list) => list.children.filter((child) => child.type === 'attribute'))
    .map((each) => {
      const name = childOf(each, 'name');
      return {
        name: name === undefined ? '' : textOf(name, text).split('.').at(-1)!,
        written: textOf(each, text),
      };
    });
}

/** `Assert` of every framework, FluentAssertions, Shouldly, Moq, NSubstitute; and `throw`. */
export function asserts(node: SyntaxNode, text: string): boolean {
  if (node.type === 'throw_statement') return node.children.some((child) => child.named);
  if (node.type !== 'invocation_expression') return false;
  const callee = childOf(node, 'function');
  const named = childOf(callee, 'name');
  if (callee?.type !== 'member_access_expression' || named === undefined) return false;
  const name = textOf(named, text).replace(/<.*$/s, '');
  const on = childOf(callee, 'expression');
  const before = on === undefined ? '' : textOf(on, text);
  const given = argumentsOf(node);
  if (/^(.*\.)?(Assert|\w*Assert|Assertions)$/.test(before)) {
    if (/^(Pass|Inconclusive|Ignore|Warn)$/.test(name)) return false;
    if (name === 'Fail' || /^Throws|^DoesNotThrow|^Catch|^Raises|^PropertyChanged/.test(name)) return true;
    if (given.length === 0 || given.every((each) => isConstant(each))) return false;
    if (given.length >= 2 && sayTheSame(given[0]!, given[1]!, text)) return false;
    return !isTautology(given[0]!, text);
  }
  if (/\.\s*Should\(\)/.test(before)) return !/^(true|false|null|\d+|"[^"]*")\s*\.\s*Should/.test(before);
  if (/^Should[A-Z]/.test(name)) return on !== undefined && !isConstant(on);
  if (/\.(Did)?(Not)?Received(WithAnyArgs)?\(/.test(before)) return true;
  return /^Verify(All|NoOtherCalls)?$/.test(name);
}

/** Each argument's expression, without its name and its `out`. */
function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  return (childOf(call, 'arguments')?.children ?? [])
    .filter((child) => child.type === 'argument')
    .map((child) => child.children.findLast((each) => each.named) ?? child);
}
