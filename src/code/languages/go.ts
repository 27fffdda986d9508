import type { Parameter } from '../code.ts';
import type { Declaration, Import, Language } from '../language.ts';
import { above, childOf, childrenOf, ofType, type SyntaxNode, textOf, walk } from '../node.ts';
import { asserts, stringOf, test } from './goTests.ts';

export const go: Language = {
  comments: new Set(['comment']),
  verbatim: new Set(['interpreted_string_literal', 'raw_string_literal', 'rune_literal']),
  directive,
  documents: (comment) => !/^\/\/(go:|export |line |nolint)/.test(comment),
  declaration,
  called,
  imported,
  test,
  asserts,
};

function directive(comment: SyntaxNode, text: string): boolean {
  if (/^\/\/(go:|export |line )|^\/\/ ?\+build |^\/\*line /.test(textOf(comment, text))) return true;
  // What stands above `import "C"` is C.
  const siblings = comment.parent?.children ?? [];
  const next = siblings.find((each) => each.start >= comment.end && each.named && each.type !== 'comment');
  return next?.type === 'import_declaration' && /^import\s*"C"/.test(textOf(next, text));
}

function declaration(node: SyntaxNode, text: string): Declaration | undefined {
  switch (node.type) {
    case 'function_declaration':
      return declared(node, node, node, text, 'function');
    case 'method_declaration':
    case 'method_elem':
      return declared(node, node, node, text, 'method');
    case 'type_spec': {
      const type = childOf(node, 'type')?.type;
      if (type !== 'struct_type' && type !== 'interface_type') return undefined;
      return declared(node, node, alone(node, 'type_declaration', 'type_spec'), text, 'class');
    }
    case 'var_spec':
    case 'short_var_declaration': {
      const value = only(childOf(node, node.type === 'var_spec' ? 'value' : 'right'));
      if (value?.type !== 'func_literal') return undefined;
      return declared(node, value, alone(node, 'var_declaration', 'var_spec'), text, 'function');
    }
    default:
      return undefined;
  }
}

function only(list: SyntaxNode | undefined): SyntaxNode | undefined {
  const values = list?.children.filter((child) => child.named && child.type !== 'comment') ?? [];
  return values.length === 1 ? values[0] : undefined;
}

/** The whole statement, where a spec has it for itself. */
function alone(node: SyntaxNode, statement: string, spec: string): SyntaxNode {
  const parent = node.parent;
  if (parent?.type !== statement || ofType(parent, '(') !== undefined) return node;
  return parent.children.filter((child) => child.type === spec).length === 1 ? parent : node;
}

function declared(
  node: SyntaxNode,
  holder: SyntaxNode,
  whole: SyntaxNode,
  text: string,
  kind: Declaration['kind'],
): Declaration | undefined {
  const named = childOf(node, 'name') ?? only(childOf(node, 'left'));
  if (named === undefined) return undefined;
  const name = textOf(named, text);
  const owner = receiverType(node, text);
  const body = kind === 'class' ? bodyOfType(node) : childOf(holder, 'body');
  return {
    kind,
    name,
    ...(owner !== undefined && { owner }),
    whole,
    ...(body !== undefined && { body }),
    parameters: kind === 'class' ? [] : parametersOf(childOf(holder, 'parameters'), text),
    returnsValue: kind !== 'class' && childOf(holder, 'result') !== undefined,
    exported: /^\p{Lu}/u.test(name) && (owner === undefined || /^\p{Lu}/u.test(owner)),
    async: false,
  };
}

function bodyOfType(spec: SyntaxNode): SyntaxNode | undefined {
  const type = childOf(spec, 'type');
  return type?.type === 'struct_type' ? ofType(type, 'field_declaration_list') : undefined;
}

/** In `(s *Store[K])` the name `Store`; for a method of an interface the interface's. */
function receiverType(node: SyntaxNode, text: string): string | undefined {
  const receiver = childOf(node, 'receiver');
  if (receiver === undefined) {
    const spec = node.type === 'method_elem' ? above(node, new Set(['type_spec'])) : undefined;
    const name = childOf(spec, 'name');
    return name === undefined ? undefined : textOf(name, text);
  }
  for (const each of walk(receiver)) if (each.type === 'type_identifier') return textOf(each, text);
  return undefined;
}

/** `a, b int` are two; what has no name, or is named `_`, can't be told of. */
function parametersOf(list: SyntaxNode | undefined, text: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const group of list?.children ?? []) {
    const rest = group.type === 'variadic_parameter_declaration';
    for (const named of childrenOf(group, 'name')) {
      const name = textOf(named, text);
      if (named.type === 'identifier' && name !== '_') parameters.push({ name, optional: false, rest });
    }
  }
  return parameters;
}

function called(node: SyntaxNode, text: string): readonly string[] {
  // A call of a generic function, `f[int](x)`, reads like a conversion to a generic type.
  if (node.type === 'composite_literal' || node.type === 'type_conversion_expression')
    return lastName(childOf(node, 'type'), text);
  return node.type === 'call_expression' ? lastName(childOf(node, 'function'), text) : [];
}

function lastName(callee: SyntaxNode | undefined, text: string): readonly string[] {
  let at = callee;
  while (at !== undefined) {
    if (at.type === 'selector_expression') at = childOf(at, 'field');
    else if (at.type === 'qualified_type') at = childOf(at, 'name');
    else if (at.type === 'generic_type') at = childOf(at, 'type');
    else if (at.type === 'index_expression') at = childOf(at, 'operand');
    else if (at.type === 'type_instantiation_expression') at = childOf(at, 'type');
    else if (at.type === 'parenthesized_expression') at = only(at);
    else return /identifier$/.test(at.type) ? [textOf(at, text)] : [];
  }
  return [];
}

function imported(node: SyntaxNode, text: string): readonly Import[] {
  if (node.type !== 'import_declaration') return [];
  const specs = ofType(node, 'import_spec_list')?.children ?? node.children;
  return specs
    .filter((each) => each.type === 'import_spec')
    .map((spec) => {
      const path = childOf(spec, 'path');
      const name = childOf(spec, 'name');
      return {
        module: path === undefined ? '' : (stringOf(path, text) ?? ''),
        names: name === undefined ? [] : [textOf(name, text)],
        span: { start: node.start, end: node.end },
      };
    });
}
