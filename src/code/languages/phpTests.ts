import { isConstant, isTautology, sayTheSame } from '../constant.ts';
import type { Test } from '../language.ts';
import { childOf, ofType, type SyntaxNode, textOf } from '../node.ts';

/** PHPUnit by name, annotation or attribute, and Pest. */
export function test(node: SyntaxNode, text: string): Test | undefined {
  if (node.type === 'function_call_expression') return pest(node, text);
  if (node.type !== 'method_declaration') return undefined;
  const named = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (named === undefined || body === undefined) return undefined;
  const name = textOf(named, text);
  const attributes = childOf(node, 'attributes');
  const marked = attributes !== undefined && /(^|[\\[,\s])Test\b/.test(textOf(attributes, text));
  const siblings = node.parent?.children ?? [];
  const before = siblings[siblings.indexOf(node) - 1];
  const annotated = before?.type === 'comment' && /@test\b/.test(textOf(before, text));
  return /^test/i.test(name) || marked || annotated ? { name, kind: 'case', body } : undefined;
}

function pest(call: SyntaxNode, text: string): Test | undefined {
  const name = childOf(call, 'function');
  const word = name === undefined ? '' : textOf(name, text);
  if (!/^(it|test|describe)$/.test(word)) return undefined;
  const given = argumentsOf(call);
  const body = given.find((each) => /^(anonymous_function|arrow_function)$/.test(each.type));
  const title = given[0];
  if (title === undefined) return undefined;
  const content = ofType(title, 'string_content');
  const said = content === undefined ? textOf(title, text) : textOf(content, text);
  return { name: said, kind: word === 'describe' ? 'group' : 'case', ...(body !== undefined && { body }) };
}

function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  return (childOf(call, 'arguments')?.children ?? []).flatMap((child) =>
    child.type === 'argument' ? child.children.filter((one) => one.named).slice(-1) : [],
  );
}

/** PHPUnit's assertions and expected exceptions, Pest's expectations, Mockery's and Prophecy's. */
export function asserts(node: SyntaxNode, text: string): boolean {
  if (!/^(member|nullsafe_member|scoped|function)_call_expression$/.test(node.type)) return false;
  const named = childOf(node, 'name') ?? childOf(node, 'function');
  if (named === undefined) return false;
  const name = textOf(named, text);
  const given = argumentsOf(node);
  if (/^(fail|expectException\w*|expectOutput\w*|shouldHaveBeenCalled\w*|shouldHaveReceived)$/.test(name))
    return true;
  if (/^(to[A-Z]\w*)$/.test(name)) return expectsOn(childOf(node, 'object'), text);
  if (!/^assert[A-Z]/.test(name)) return false;
  const [first, second] = given;
  if (first === undefined)
    return node.type === 'member_call_expression' && /Response|assertOk|assertStatus/.test(name);
  if (given.every((each) => isConstant(each)))
    return node.type === 'member_call_expression' && isResponse(node, text);
  if (second !== undefined && sayTheSame(first, second, text)) return false;
  return !isTautology(first, text);
}

/** Laravel's `$response->assertStatus(200)` looks at what it is called on. */
function isResponse(call: SyntaxNode, text: string): boolean {
  const object = childOf(call, 'object');
  return object !== undefined && textOf(object, text) !== '$this';
}

function expectsOn(object: SyntaxNode | undefined, text: string): boolean {
  let at = object;
  while (at !== undefined) {
    if (at.type === 'function_call_expression') {
      const name = childOf(at, 'function');
      const actual = argumentsOf(at)[0];
      return (
        name !== undefined && textOf(name, text) === 'expect' && actual !== undefined && !isConstant(actual)
      );
    }
    at = childOf(at, 'object');
  }
  return false;
}
