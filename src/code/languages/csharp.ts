import type { Parameter } from '../code.ts';
import type { Declaration, Import, Language } from '../language.ts';
import { childOf, ofType, type SyntaxNode, textOf } from '../node.ts';
import { asserts, test } from './csharpTests.ts';

const CLASSES = new Set([
  'class_declaration',
  'interface_declaration',
  'struct_declaration',
  'record_declaration',
  'record_struct_declaration',
  'enum_declaration',
]);
const METHODS = new Set(['method_declaration', 'constructor_declaration', 'destructor_declaration']);

export const csharp: Language = {
  comments: new Set(['comment']),
  verbatim: new Set([
    'string_literal',
    'verbatim_string_literal',
    'raw_string_literal',
    'interpolated_string_expression',
    'character_literal',
  ]),
  documents: (comment) => /^(\/\/\/(?!\/)|\/\*\*(?![*/]))/.test(comment),
  declaration,
  called,
  imported,
  test,
  asserts,
};

function declaration(node: SyntaxNode, text: string): Declaration | undefined {
  const isClass = CLASSES.has(node.type);
  const isLocal = node.type === 'local_function_statement';
  if (!isClass && !isLocal && !METHODS.has(node.type)) return undefined;
  const named = childOf(node, 'name');
  if (named === undefined) return undefined;
  const body = childOf(node, 'body') ?? ofType(node, 'arrow_expression_clause');
  const list = childOf(node, 'parameters') ?? ofType(node, 'parameter_list');
  const isAsync = hasModifier(node, 'async', text);
  return {
    kind: isClass ? 'class' : isLocal ? 'function' : 'method',
    name: textOf(named, text),
    whole: node,
    ...(body !== undefined && { body }),
    parameters: parametersOf(list, text),
    returnsValue: !isClass && returnsValue(node, text),
    exported: !isLocal && isExported(node, text),
    async: isAsync,
  };
}

function hasModifier(node: SyntaxNode, word: string, text: string): boolean {
  return node.children.some((child) => child.type === 'modifier' && textOf(child, text) === word);
}

function parametersOf(list: SyntaxNode | undefined, text: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const each of list?.children ?? []) {
    // The grammar lays a `params` parameter flat into the list.
    const name = each.field === 'name' ? each : each.type === 'parameter' ? childOf(each, 'name') : undefined;
    if (name === undefined) continue;
    parameters.push({
      name: textOf(name, text).replace(/^@/, ''),
      optional: ofType(each, '=') !== undefined,
      rest: each.field === 'name' || hasModifier(each, 'params', text),
    });
  }
  return parameters;
}

function returnsValue(node: SyntaxNode, text: string): boolean {
  const type = childOf(node, 'returns') ?? (METHODS.has(node.type) ? undefined : childOf(node, 'type'));
  if (type === undefined) return false;
  return !/^(void|(System\.Threading\.Tasks\.)?(Task|ValueTask))$/.test(textOf(type, text).trim());
}

function isExported(node: SyntaxNode, text: string): boolean {
  let at: SyntaxNode | undefined = node;
  while (at !== undefined) {
    const owner: SyntaxNode | undefined = ownerOf(at);
    if (!hasModifier(at, 'public', text) && owner?.type !== 'interface_declaration') return false;
    at = owner;
  }
  return true;
}

function ownerOf(node: SyntaxNode): SyntaxNode | undefined {
  let up = node.parent;
  while (up !== undefined && !CLASSES.has(up.type)) up = up.parent;
  return up;
}

function called(node: SyntaxNode, text: string): readonly string[] {
  if (node.type === 'invocation_expression') return lastName(childOf(node, 'function'), text);
  return node.type === 'object_creation_expression' ? lastName(childOf(node, 'type'), text) : [];
}

function lastName(callee: SyntaxNode | undefined, text: string): readonly string[] {
  let at = callee;
  while (at !== undefined) {
    if (at.type === 'identifier') return [textOf(at, text)];
    if (at.type === 'generic_name') at = at.children[0];
    else if (at.type === 'conditional_access_expression') at = at.children.at(-1);
    else at = childOf(at, 'name');
  }
  return [];
}

function imported(node: SyntaxNode, text: string): readonly Import[] {
  if (node.type !== 'using_directive') return [];
  const alias = childOf(node, 'name');
  const path = node.children.findLast((child) => child.named && child !== alias && child.type !== 'comment');
  if (path === undefined) return [];
  const names =
    alias !== undefined ? [textOf(alias, text)] : ofType(node, 'static') !== undefined ? ['*'] : [];
  return [{ module: textOf(path, text), names, span: { start: node.start, end: node.end } }];
}
