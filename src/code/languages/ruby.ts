import type { Parameter } from '../code.ts';
import type { Declaration, Import, Language } from '../language.ts';
import { above, childOf, ofType, type SyntaxNode, textOf, walk } from '../node.ts';
import { asserts, test } from './rubyTests.ts';

const METHODS = new Set(['method', 'singleton_method']);
const CLASSES = new Set(['class', 'module']);
const OWNERS = new Set(['class', 'module', 'singleton_class']);

export const ruby: Language = {
  comments: new Set(['comment']),
  verbatim: new Set([
    'string',
    'subshell',
    'regex',
    'heredoc_body',
    'string_array',
    'symbol_array',
    'delimited_symbol',
  ]),
  // Ruby reads some comments at a file's beginning; a checker reads Sorbet's.
  directive: (comment, text) =>
    /^#(!|\s*-\*-|\s*(frozen_string_literal|encoding|coding|warn_indent|shareable_constant_value|typed)\s*:)/i.test(
      textOf(comment, text),
    ),
  documents: (comment) =>
    !/^#(!|\s*(rubocop:|frozen_string_literal:|encoding:|typed:|:nocov:))/.test(comment),
  declaration,
  called,
  imported,
  test,
  asserts,
};

function declaration(node: SyntaxNode, text: string): Declaration | undefined {
  const isClass = CLASSES.has(node.type);
  // The keyword itself has the same type as its node.
  if ((!isClass && !METHODS.has(node.type)) || !node.named) return undefined;
  const named = childOf(node, 'name');
  if (named === undefined) return undefined;
  const owner = isClass ? undefined : above(node, OWNERS);
  const body = childOf(node, 'body');
  const name = textOf(named, text);
  const signatureEnd = Math.max(
    named.end,
    childOf(node, 'parameters')?.end ?? 0,
    childOf(node, 'superclass')?.end ?? 0,
  );
  return {
    kind: isClass ? 'class' : owner === undefined ? 'function' : 'method',
    name,
    whole: node,
    ...ledBy(node),
    signatureEnd,
    ...(body !== undefined && { body }),
    parameters: parametersOf(childOf(node, 'parameters'), text),
    // Every method gives back its last value; only a setter's and a constructor's are never used.
    returnsValue: !isClass && name !== 'initialize' && !name.endsWith('=') && body !== undefined,
    exported: isClass || !isHidden(node, text),
    async: false,
  };
}

/** The `private` or `module_function` before a `def`. */
function ledBy(node: SyntaxNode): { readonly led?: SyntaxNode } {
  const call = node.parent?.type === 'argument_list' ? node.parent.parent : undefined;
  return call?.type === 'call' && childOf(call, 'receiver') === undefined ? { led: call } : {};
}

function parametersOf(list: SyntaxNode | undefined, text: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const each of list?.children ?? []) {
    // A block is told of with `@yield`.
    if (!each.named || each.type === 'block_parameter') continue;
    const rest = /^(hash_)?splat_parameter$/.test(each.type);
    const optional = each.type === 'optional_parameter' || childOf(each, 'value') !== undefined;
    const named = each.type === 'identifier' ? each : childOf(each, 'name');
    const name =
      each.type === 'destructured_parameter'
        ? [...walk(each)]
            .filter((one) => one.type === 'identifier')
            .map((one) => textOf(one, text))
            .join(', ')
        : named === undefined
          ? ''
          : textOf(named, text);
    if (name !== '') parameters.push({ name, optional, rest });
  }
  return parameters;
}

/** Behind a bare `private` or `protected` of the same body, or named by one. */
function isHidden(method: SyntaxNode, text: string): boolean {
  const holder = method.parent;
  if (holder?.type === 'argument_list') {
    const call = childOf(holder.parent, 'method');
    return call !== undefined && /^(private|protected|private_class_method)$/.test(textOf(call, text));
  }
  let hidden = false;
  for (const each of holder?.children ?? []) {
    if (each === method) return hidden;
    if (each.type === 'identifier') {
      const word = textOf(each, text);
      if (word === 'private' || word === 'protected') hidden = true;
      else if (word === 'public') hidden = false;
    }
  }
  return false;
}

function called(node: SyntaxNode, text: string): readonly string[] {
  const asked = predicate(node, text);
  if (asked !== undefined) return [asked];
  // A call without arguments and parentheses reads like a variable.
  if (node.type === 'identifier' && node.field === undefined && isStatement(node))
    return [textOf(node, text)];
  if (node.type !== 'call') return [];
  const method = childOf(node, 'method');
  if (method === undefined) return [];
  const name = textOf(method, text);
  if (name !== 'new') return [name];
  const receiver = childOf(node, 'receiver');
  const made = receiver?.type === 'scope_resolution' ? childOf(receiver, 'name') : receiver;
  return made === undefined ? [name] : [name, textOf(made, text)];
}

/** RSpec's `be_free` asks the object `free?`. */
function predicate(node: SyntaxNode, text: string): string | undefined {
  if (node.type !== 'identifier' || node.parent?.type !== 'argument_list') return undefined;
  const name = /^be_(?:an?_)?(\w+)$/.exec(textOf(node, text))?.[1];
  return name === undefined ? undefined : `${name}?`;
}

function isStatement(node: SyntaxNode): boolean {
  return /^(body_statement|block_body|program|then)$/.test(node.parent?.type ?? '');
}

function imported(node: SyntaxNode, text: string): readonly Import[] {
  if (node.type !== 'call') return [];
  const method = childOf(node, 'method');
  if (method === undefined || !/^(require|require_relative|load)$/.test(textOf(method, text))) return [];
  const path = ofType(ofType(childOf(node, 'arguments'), 'string'), 'string_content');
  if (path === undefined) return [];
  return [{ module: textOf(path, text), names: [], span: { start: node.start, end: node.end } }];
}
