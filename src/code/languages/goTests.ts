import { isConstant, isTautology, sayTheSame } from '../constant.ts';
import type { Test } from '../language.ts';
import { childOf, type SyntaxNode, textOf } from '../node.ts';

/** The text of a string literal, escapes as written. */
export function stringOf(node: SyntaxNode, text: string): string | undefined {
  const isString = node.type === 'interpreted_string_literal' || node.type === 'raw_string_literal';
  return isString ? text.slice(node.start + 1, node.end - 1) : undefined;
}

const TAKES_T = /\*testing\.[TF]\b/;

/** `TestX`, `FuzzX`, the methods of a testify suite, and `t.Run`. */
export function test(node: SyntaxNode, text: string): Test | undefined {
  if (node.type === 'call_expression') return subtest(node, text);
  const named = childOf(node, 'name');
  const parameters = childOf(node, 'parameters');
  const body = childOf(node, 'body');
  if (named === undefined || parameters === undefined || body === undefined) return undefined;
  const name = textOf(named, text);
  if (!/^(Test|Fuzz)(?!\p{Ll})/u.test(name)) return undefined;
  const isTest =
    (node.type === 'function_declaration' && TAKES_T.test(textOf(parameters, text))) ||
    (node.type === 'method_declaration' && !parameters.children.some((child) => child.named));
  return isTest ? { name, kind: 'case', body } : undefined;
}

function subtest(call: SyntaxNode, text: string): Test | undefined {
  const callee = childOf(call, 'function');
  const field = childOf(callee, 'field');
  if (field === undefined || textOf(field, text) !== 'Run') return undefined;
  const [title, run] = argumentsOf(call);
  const parameters = childOf(run, 'parameters');
  if (title === undefined || run?.type !== 'func_literal' || parameters === undefined) return undefined;
  if (!TAKES_T.test(textOf(parameters, text))) return undefined;
  return { name: stringOf(title, text) ?? textOf(title, text), kind: 'case', body: run };
}

function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  return (
    childOf(call, 'arguments')?.children.filter((child) => child.named && child.type !== 'comment') ?? []
  );
}

/** `t.Errorf` and its like, testify, gomega, quicktest, is; and `panic`. */
export function asserts(node: SyntaxNode, text: string): boolean {
  if (node.type !== 'call_expression') return false;
  const callee = childOf(node, 'function');
  if (callee === undefined) return false;
  const given = argumentsOf(node);
  if (callee.type === 'identifier') return textOf(callee, text) === 'panic';
  if (callee.type !== 'selector_expression') return false;
  const field = textOf(childOf(callee, 'field') ?? callee, text);
  const operand = childOf(callee, 'operand');
  const on = operand === undefined ? '' : textOf(operand, text);
  if (/^(t|tt|tb|b|f|tst|[st]\.T\(\))$/.test(on)) {
    if (/^(Fail|FailNow)$/.test(field)) return true;
    if (/^(Error|Errorf|Fatal|Fatalf)$/.test(field)) return given.length > 0;
  }
  if (/^(To|ToNot|NotTo|Should|ShouldNot)$/.test(field)) return /(^|\.)(Expect|Ω|Eventually)\(/.test(on);
  const library =
    /^(require|assert|must|is|qt|check|td|be)$/.test(on) ||
    /\b(Require|Assert)\(\)$/.test(on) ||
    (/^(s|suite|ts|c)$/.test(on) && SUITE.test(field));
  if (!library || !/^\p{Lu}/u.test(field) || /^New/.test(field)) return false;
  if (/^Fail/.test(field)) return true;
  const said = given.filter((each) => !/^(t|tt|tb|s\.T\(\))$/.test(textOf(each, text)));
  if (said.length === 0 || said.every((each) => isConstant(each))) return false;
  if (said.length >= 2 && sayTheSame(said[0]!, said[1]!, text)) return false;
  return !isTautology(said[0]!, text);
}

const SUITE =
  /^(Assert|Equal|NotEqual|EqualValues|Exactly|True|False|Nil|NotNil|NoError|Error|ErrorIs|ErrorAs|ErrorContains|EqualError|Contains|NotContains|ElementsMatch|Len|Empty|NotEmpty|Zero|NotZero|Greater|Less|InDelta|Panics|NotPanics|JSONEq|Regexp|Eventually|Fail|FailNow)f?$/;
