import { isConstant, isTautology, sayTheSame } from '../constant.ts';
import type { Test } from '../language.ts';
import { childOf, ofType, type SyntaxNode, textOf } from '../node.ts';

const CASES = /^(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Theory|Property|Example)$/;

/** JUnit 3, 4 and 5 (and TestNG, whose annotation is `@Test` too); a nested class is a group. */
export function test(node: SyntaxNode, text: string): Test | undefined {
  const named = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (named === undefined || body === undefined) return undefined;
  const name = textOf(named, text);
  if (node.type === 'class_declaration')
    return node.parent?.type === 'class_body' ? { name, kind: 'group', body } : undefined;
  if (node.type !== 'method_declaration') return undefined;
  const annotations = annotationsOf(node, text);
  const marked = annotations.find((each) => CASES.test(each.name));
  if (marked === undefined && !isJUnit3(node, name, text)) return undefined;
  const disabled = annotations.some((each) => /^(Disabled|Ignore)$/.test(each.name));
  return {
    name,
    kind: 'case',
    ...(!disabled && { body }),
    ...(!disabled && /\bexpected(Exceptions)?\s*=/.test(marked?.written ?? '') && { asserts: true }),
  };
}

function isJUnit3(method: SyntaxNode, name: string, text: string): boolean {
  const superclass = childOf(method.parent?.parent, 'superclass');
  return /^test\p{Lu}?/u.test(name) && superclass !== undefined && /TestCase$/.test(textOf(superclass, text));
}

function annotationsOf(method: SyntaxNode, text: string): readonly { name: string; written: string }[] {
  return (ofType(method, 'modifiers')?.children ?? [])
    .filter((each) => each.type === 'annotation' || each.type === 'marker_annotation')
    .map((each) => {
      const name = childOf(each, 'name');
      return {
        name: name === undefined ? '' : textOf(name, text).split('.').at(-1)!,
        written: textOf(each, text),
      };
    });
}

/** JUnit, AssertJ, Hamcrest, Truth, Mockito, MockMvc, Reactor; and `throw`. */
export function asserts(node: SyntaxNode, text: string): boolean {
  if (node.type === 'throw_statement' || node.type === 'assert_statement') {
    const condition = node.children.find((child) => child.named);
    return condition !== undefined && !isConstant(condition) && !isTautology(condition, text);
  }
  if (node.type !== 'method_invocation') return false;
  const named = childOf(node, 'name');
  if (named === undefined) return false;
  const name = textOf(named, text);
  const given = argumentsOf(node);
  if (name === 'fail') return true;
  const object = childOf(node, 'object');
  const root = rootCall(node);
  // AssertJ's and Truth's `assertThat(x)` says nothing yet; what is called on it does.
  if (
    root !== undefined &&
    /^(assertThat|assertWithMessage|then|expectThat|expect\.that)$/.test(methodName(root, text))
  ) {
    const actual = argumentsOf(root)[0];
    if (actual === undefined || isConstant(actual)) return false;
    return !(given.length === 1 && sayTheSame(actual, given[0]!, text));
  }
  if (name === 'verify' || /^verify(NoMoreInteractions|NoInteractions|Complete|Error)$/.test(name))
    return true;
  if (object !== undefined && /^(andExpect|expectStatus|expectBody|expectError\w*|expectNext\w*)$/.test(name))
    return true;
  if (!/^assert[A-Z]/.test(name)) return false;
  if (name === 'assertThat' && given.length < 2) return false;
  if (given.length === 0 || given.every((each) => isConstant(each))) return false;
  if (given.length >= 2 && sayTheSame(given[0]!, given[1]!, text)) return false;
  return !isTautology(given[0]!, text);
}

function methodName(call: SyntaxNode, text: string): string {
  const name = childOf(call, 'name');
  const object = childOf(call, 'object');
  if (name === undefined) return '';
  // Truth's rule of expectations is a field: `expect.that(x)`.
  const on = object?.type === 'identifier' && textOf(object, text) === 'expect' ? 'expect.' : '';
  return on + textOf(name, text);
}

/** In `assertThat(x).a().b()` the call `assertThat(x)`; undefined for a call that stands alone. */
function rootCall(call: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | undefined;
  for (let next = childOf(call, 'object'); next?.type === 'method_invocation'; next = childOf(next, 'object'))
    at = next;
  return at;
}

function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  return (
    childOf(call, 'arguments')?.children.filter((child) => child.named && !/comment$/.test(child.type)) ?? []
  );
}
