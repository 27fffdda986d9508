import type { Parameter } from '../code.ts';
import type { Declaration, Import, Language } from '../language.ts';
import { above, childOf, ofType, type SyntaxNode, textOf, walk } from '../node.ts';
import { asserts, test } from './rustTests.ts';

const TYPES = new Set(['struct_item', 'enum_item', 'union_item', 'trait_item']);
const FUNCTIONS = new Set(['function_item', 'function_signature_item']);
const OWNERS = new Set(['impl_item', 'trait_item']);

export const rust: Language = {
  comments: new Set(['line_comment', 'block_comment']),
  verbatim: new Set(['string_literal', 'raw_string_literal', 'char_literal']),
  documents: (comment) => /^(\/\/\/(?!\/)|\/\*\*(?![*/]))/.test(comment),
  declaration,
  called,
  imported,
  test,
  asserts,
};

function declaration(node: SyntaxNode, text: string): Declaration | undefined {
  if (TYPES.has(node.type)) return declared(node, text, 'class');
  if (!FUNCTIONS.has(node.type)) return undefined;
  const holder = above(node, OWNERS);
  return declared(node, text, holder !== undefined && holder === node.parent?.parent ? 'method' : 'function');
}

function declared(node: SyntaxNode, text: string, kind: Declaration['kind']): Declaration | undefined {
  const named = childOf(node, 'name');
  if (named === undefined) return undefined;
  const body = childOf(node, 'body');
  const owner = kind === 'method' ? ownerOf(node, text) : undefined;
  const type = childOf(node, 'return_type');
  return {
    kind,
    name: textOf(named, text),
    ...(owner !== undefined && { owner }),
    whole: node,
    start: startOf(node),
    ...(body !== undefined && { body }),
    parameters: kind === 'class' ? [] : parametersOf(childOf(node, 'parameters'), text),
    returnsValue: kind !== 'class' && type !== undefined && !/^(unit|never)_type$/.test(type.type),
    exported: isExported(node),
    async: /\basync\b/.test(textOf(ofType(node, 'function_modifiers') ?? { ...node, end: node.start }, text)),
  };
}

/** Attributes are siblings that stand before. */
function startOf(node: SyntaxNode): number {
  const siblings = node.parent?.children ?? [];
  let start = node.start;
  for (let index = siblings.indexOf(node) - 1; index >= 0; index--) {
    const before = siblings[index]!;
    if (before.type === 'attribute_item') start = before.start;
    else if (!/comment$/.test(before.type)) break;
  }
  return start;
}

/** In `impl<T> Trait for Store<T>` the name `Store`; for a method that a trait asks for the trait's. */
function ownerOf(node: SyntaxNode, text: string): string | undefined {
  const holder = above(node, OWNERS);
  const type = childOf(holder, holder?.type === 'trait_item' ? 'name' : 'type');
  if (type === undefined) return undefined;
  for (const each of walk(type, (one) => one.type !== 'type_arguments'))
    if (each.type === 'type_identifier' || each.type === 'primitive_type') return textOf(each, text);
  return undefined;
}

/** `pub`, however far it goes; what a trait states is as open as the trait. */
function isExported(node: SyntaxNode): boolean {
  if (ofType(node, 'visibility_modifier') !== undefined) return true;
  const holder = above(node, OWNERS);
  if (holder === undefined || !FUNCTIONS.has(node.type)) return false;
  return holder.type === 'trait_item' ? isExported(holder) : childOf(holder, 'trait') !== undefined;
}

/** `self` is left out; a pattern has the names that it binds. */
function parametersOf(list: SyntaxNode | undefined, text: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const each of list?.children ?? []) {
    const pattern = each.type === 'parameter' ? childOf(each, 'pattern') : undefined;
    if (pattern === undefined) continue;
    const names = [...walk(pattern)]
      .filter((one) => one.type === 'identifier')
      .map((one) => textOf(one, text));
    const bound = pattern.type === 'identifier' ? [textOf(pattern, text)] : names;
    if (bound.length > 0) parameters.push({ name: bound.join(', '), optional: false, rest: false });
  }
  return parameters;
}

function called(node: SyntaxNode, text: string): readonly string[] {
  switch (node.type) {
    case 'call_expression':
      return lastName(childOf(node, 'function'), text);
    case 'struct_expression':
      return lastName(childOf(node, 'name'), text);
    case 'macro_invocation':
      return lastName(childOf(node, 'macro'), text);
    case 'identifier': {
      // Inside a macro there are only tokens: `assert_eq!(add(1), 2)` calls `add`.
      if (node.parent?.type !== 'token_tree') return [];
      const siblings = node.parent.children;
      const next = siblings[siblings.indexOf(node) + 1];
      return next?.type === 'token_tree' && text[next.start] === '(' ? [textOf(node, text)] : [];
    }
    default:
      return [];
  }
}

function lastName(callee: SyntaxNode | undefined, text: string): readonly string[] {
  let at = callee;
  while (at !== undefined) {
    if (at.type === 'field_expression') at = childOf(at, 'field');
    else if (/^scoped_(type_)?identifier$/.test(at.type)) at = childOf(at, 'name');
    else if (at.type === 'generic_function') at = childOf(at, 'function');
    else if (/^generic_type/.test(at.type)) at = childOf(at, 'type');
    else if (at.type === 'parenthesized_expression') at = at.children.find((child) => child.named);
    else return /identifier$/.test(at.type) ? [textOf(at, text)] : [];
  }
  return [];
}

/** `use a::{b, c as d}` is one import for each path before the last name. */
function imported(node: SyntaxNode, text: string): readonly Import[] {
  const argument = node.type === 'use_declaration' ? childOf(node, 'argument') : undefined;
  if (argument === undefined) return [];
  const span = { start: node.start, end: node.end };
  const found = new Map<string, string[]>();
  const add = (module: string, name: string) => found.set(module, [...(found.get(module) ?? []), name]);
  const open: { node: SyntaxNode; under: string }[] = [{ node: argument, under: '' }];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const { node: at, under } = each;
    const join = (path: string) => (under === '' ? path : `${under}::${path}`);
    const path = childOf(at, 'path');
    const module = path === undefined ? under : join(textOf(path, text));
    if (at.type === 'scoped_use_list') {
      for (const child of childOf(at, 'list')?.children ?? [])
        if (child.named) open.push({ node: child, under: module });
    } else if (at.type === 'use_list') {
      for (const child of at.children) if (child.named) open.push({ node: child, under });
    } else if (at.type === 'use_wildcard') {
      const of = at.children.find((child) => child.named);
      add(of === undefined ? under : join(textOf(of, text)), '*');
    } else if (at.type === 'use_as_clause') {
      const alias = childOf(at, 'alias');
      const whole = join(path === undefined ? '' : textOf(path, text));
      add(whole.split('::').slice(0, -1).join('::'), alias === undefined ? '' : textOf(alias, text));
    } else if (at.type === 'scoped_identifier') add(module, textOf(childOf(at, 'name') ?? at, text));
    else if (/^(identifier|self|crate|super)$/.test(at.type))
      add(under, at.type === 'self' ? (under.split('::').at(-1) ?? 'self') : textOf(at, text));
  }
  return [...found].map(([module, names]) => ({ module, names: names.toReversed(), span }));
}
