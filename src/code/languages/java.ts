import type { Parameter } from '../code.ts';
import type { Declaration, Import, Language } from '../language.ts';
import { childOf, ofType, type SyntaxNode, textOf, walk } from '../node.ts';
import { asserts, test } from './javaTests.ts';

const CLASSES = new Set([
  'class_declaration',
  'interface_declaration',
  'enum_declaration',
  'record_declaration',
  'annotation_type_declaration',
]);
const METHODS = new Set(['method_declaration', 'constructor_declaration', 'compact_constructor_declaration']);

export const java: Language = {
  comments: new Set(['line_comment', 'block_comment']),
  verbatim: new Set(['string_literal', 'character_literal', 'template_expression']),
  // Java reads `\u000a` anywhere in a file as the character that it names.
  directive: (comment, text) => /\\u+00(0[ad]|2[af])/i.test(textOf(comment, text)),
  documents: (comment) => /^\/\*\*(?![*/])/.test(comment),
  declaration,
  called,
  imported,
  test,
  asserts,
};

function declaration(node: SyntaxNode, text: string): Declaration | undefined {
  const isClass = CLASSES.has(node.type);
  if (!isClass && !METHODS.has(node.type)) return undefined;
  const named = childOf(node, 'name');
  if (named === undefined) return undefined;
  const type = childOf(node, 'type');
  const body = childOf(node, 'body');
  return {
    kind: isClass ? 'class' : 'method',
    name: textOf(named, text),
    whole: node,
    ...(body !== undefined && { body }),
    parameters: parametersOf(node, text),
    returnsValue: type !== undefined && type.type !== 'void_type',
    exported: isExported(node, text),
    async: false,
  };
}

/** A record's components are its parameters; a compact constructor's are the record's. */
function parametersOf(node: SyntaxNode, text: string): readonly Parameter[] {
  const list =
    node.type === 'compact_constructor_declaration'
      ? childOf(node.parent?.parent, 'parameters')
      : childOf(node, 'parameters');
  const parameters: Parameter[] = [];
  for (const each of list?.children ?? []) {
    const rest = each.type === 'spread_parameter';
    if (!rest && each.type !== 'formal_parameter') continue;
    const name = childOf(each, 'name') ?? childOf(ofType(each, 'variable_declarator'), 'name');
    if (name !== undefined) parameters.push({ name: textOf(name, text), optional: false, rest });
  }
  return parameters;
}

function isExported(node: SyntaxNode, text: string): boolean {
  let at: SyntaxNode | undefined = node;
  while (at !== undefined) {
    const owner: SyntaxNode | undefined = ownerOf(at);
    const modifiers = ofType(at, 'modifiers');
    const isPublic = modifiers?.children.some((child) => textOf(child, text) === 'public') ?? false;
    const implied = owner?.type === 'interface_declaration' || owner?.type === 'annotation_type_declaration';
    if (!isPublic && !implied) return false;
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
  switch (node.type) {
    case 'method_invocation': {
      const name = childOf(node, 'name');
      return name === undefined ? [] : [textOf(name, text)];
    }
    case 'object_creation_expression':
      return typeName(childOf(node, 'type'), text);
    case 'method_reference': {
      const last = node.children.at(-1);
      if (last === undefined) return [];
      return last.type === 'new' ? typeName(node.children[0], text) : [textOf(last, text)];
    }
    default:
      return [];
  }
}

/** In `a.b.Foo<Bar>` the name `Foo`. */
function typeName(type: SyntaxNode | undefined, text: string): readonly string[] {
  if (type === undefined) return [];
  let last: string | undefined;
  for (const each of walk(type, (node) => node.type !== 'type_arguments'))
    if (/^(type_)?identifier$/.test(each.type)) last = textOf(each, text);
  return last === undefined ? [] : [last];
}

function imported(node: SyntaxNode, text: string): readonly Import[] {
  if (node.type !== 'import_declaration') return [];
  const path = ofType(node, 'scoped_identifier', 'identifier');
  if (path === undefined) return [];
  const span = { start: node.start, end: node.end };
  const written = textOf(path, text);
  if (ofType(node, 'asterisk') !== undefined) return [{ module: written, names: ['*'], span }];
  const dot = written.lastIndexOf('.');
  return [{ module: dot < 0 ? '' : written.slice(0, dot), names: [written.slice(dot + 1)], span }];
}
