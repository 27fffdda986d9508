import type { Declaration, Language } from '../language.ts';
import { above, childOf, ofType, type SyntaxNode, textOf, walk } from '../node.ts';
import { called, imported } from './javascriptNames.ts';
import { parametersOf } from './javascriptParameters.ts';
import { asserts, stringOf, test } from './javascriptTests.ts';

const FUNCTIONS = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_signature',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
  'method_signature',
  'abstract_method_signature',
]);
const VALUES = new Set(['function_expression', 'generator_function', 'arrow_function', 'class']);
const CLASSES = new Set([
  'class_declaration',
  'abstract_class_declaration',
  'class',
  'interface_declaration',
  'enum_declaration',
]);
const WRAPPINGS = new Set(['parenthesized_expression', 'as_expression', 'satisfies_expression']);
/** Functions of React that give back the component that they are given. */
const COMPONENT_WRAPPERS = /^(React\.)?(memo|forwardRef)$/;

/** TypeScript, JavaScript and both with JSX: their grammars name their nodes alike. */
export const javascript: Language = {
  comments: new Set(['comment']),
  verbatim: new Set(['string', 'template_string', 'regex', 'regex_pattern']),
  directive: (comment, text) => /^\/\/\/\s*<(reference|amd-)|^\/\*[\s*]*@jsx/.test(textOf(comment, text)),
  documents: (comment) => /^\/\*\*(?![*/])/.test(comment),
  inert(node, text) {
    // A JSX comment is an expression that holds nothing; a line break between JSX tags is no text.
    if (node.type === 'jsx_expression')
      return node.children.every((child) => !child.named && child.end - child.start === 1);
    return node.type === 'jsx_text' && jsxText(textOf(node, text)) === '';
  },
  leafText(node, text) {
    if (node.type === 'hash_bang_line') return textOf(node, text).trimEnd();
    return node.type === 'jsx_text' ? jsxText(textOf(node, text)) : undefined;
  },
  declaration,
  called,
  imported,
  test,
  asserts,
};

/** JSX drops line breaks with the indentation around them. */
function jsxText(raw: string): string {
  const lines = raw.split(/\r\n|\r|\n/);
  const last = lines.length - 1;
  return lines
    .map((line, index) => {
      const head = index === 0 ? line : line.trimStart();
      return index === last ? head : head.trimEnd();
    })
    .filter((line) => line !== '')
    .join(' ');
}

function declaration(node: SyntaxNode, text: string): Declaration | undefined {
  switch (node.type) {
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'function_signature':
      return declared(node, node, text, 'function');
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'interface_declaration':
    case 'enum_declaration':
      return declared(node, node, text, 'class');
    case 'method_definition':
    case 'method_signature':
    case 'abstract_method_signature':
      return declared(node, node, text, 'method');
    case 'public_field_definition':
    case 'field_definition':
      return bound(node, childOf(node, 'value'), text, 'method');
    case 'variable_declarator':
      return bound(node, childOf(node, 'value'), text, 'function');
    case 'pair':
      // An option given to a call is a callback like any other.
      return node.parent?.parent?.type === 'arguments'
        ? undefined
        : bound(node, childOf(node, 'value'), text, 'method');
    case 'assignment_expression':
      return node.parent?.type === 'expression_statement'
        ? bound(node, childOf(node, 'right'), text, 'function')
        : undefined;
    case 'export_statement':
      return bound(node, childOf(node, 'value'), text, 'function');
    default:
      return undefined;
  }
}

/** A function or class that a name, a property or `export default` is bound to. */
function bound(
  node: SyntaxNode,
  value: SyntaxNode | undefined,
  text: string,
  kind: 'function' | 'method',
): Declaration | undefined {
  const holder = unwrapped(value, text);
  if (holder === undefined || !VALUES.has(holder.type)) return undefined;
  return declared(node, holder, text, holder.type === 'class' ? 'class' : kind);
}

function unwrapped(value: SyntaxNode | undefined, text: string): SyntaxNode | undefined {
  let inner = value;
  while (inner !== undefined) {
    if (WRAPPINGS.has(inner.type)) inner = inner.children.find((child) => child.named);
    else if (inner.type === 'call_expression') {
      const callee = childOf(inner, 'function');
      if (callee === undefined || !COMPONENT_WRAPPERS.test(textOf(callee, text))) return undefined;
      inner = childOf(inner, 'arguments')?.children.find((child) => child.named);
    } else return inner;
  }
  return undefined;
}

function declared(
  node: SyntaxNode,
  holder: SyntaxNode,
  text: string,
  kind: Declaration['kind'],
): Declaration | undefined {
  const name = nameOf(node, holder, text);
  if (name === undefined) return undefined;
  const whole = wholeOf(node);
  const body = childOf(holder, 'body');
  const parameters = kind === 'class' ? [] : parametersOf(holder, text);
  return {
    kind,
    name,
    whole,
    start: decoratorsStart(whole),
    ...(body !== undefined && { body }),
    parameters,
    returnsValue: kind !== 'class' && returnsValue(holder, name, text),
    exported: isExported(node, name, text),
    async: ofType(holder, 'async') !== undefined,
  };
}

function nameOf(node: SyntaxNode, holder: SyntaxNode, text: string): string | undefined {
  const left = childOf(node, 'left');
  const named =
    left?.type === 'member_expression'
      ? childOf(left, 'property')
      : (left ?? childOf(node, 'name') ?? childOf(node, 'property') ?? childOf(node, 'key'));
  if (named !== undefined) return stringOf(named, text) ?? textOf(named, text);
  if (node.type !== 'export_statement') return undefined;
  const own = childOf(holder, 'name');
  return own === undefined ? 'default' : textOf(own, text);
}

function wholeOf(node: SyntaxNode): SyntaxNode {
  let whole = node;
  if (node.type === 'variable_declarator') {
    const statement = node.parent!;
    const alone = statement.children.filter((child) => child.type === 'variable_declarator').length === 1;
    if (!alone) return node;
    whole = statement;
  } else if (node.type === 'assignment_expression') whole = node.parent!;
  while (whole.parent?.type === 'export_statement' || whole.parent?.type === 'ambient_declaration')
    whole = whole.parent;
  return whole;
}

/** Decorators of a method stand before it, as its siblings. */
function decoratorsStart(whole: SyntaxNode): number {
  const siblings = whole.parent?.type === 'class_body' ? whole.parent.children : [];
  let start = whole.start;
  for (let index = siblings.indexOf(whole) - 1; index >= 0; index--) {
    const sibling = siblings[index]!;
    if (sibling.type === 'decorator') start = sibling.start;
    else if (sibling.type !== 'comment') break;
  }
  return start;
}

function returnsValue(holder: SyntaxNode, name: string, text: string): boolean {
  if (holder.type === 'method_definition' && (name === 'constructor' || ofType(holder, 'set') !== undefined))
    return false;
  const type = childOf(holder, 'return_type');
  if (type !== undefined) {
    const written = textOf(type, text).replace(/^:/, '').trim();
    return !/^(void|undefined|never|Promise(Like)?<\s*(void|undefined|never)\s*>|asserts\b.*)$/s.test(
      written,
    );
  }
  const body = childOf(holder, 'body');
  if (body === undefined) return true;
  if (body.type !== 'statement_block') return true;
  const own = (node: SyntaxNode) => !FUNCTIONS.has(node.type) && !CLASSES.has(node.type);
  for (const node of walk(body, own)) {
    if (node.type === 'yield_expression') return true;
    if (
      node.type === 'return_statement' &&
      node.children.some((child) => child.named && child.type !== 'comment')
    )
      return true;
  }
  return false;
}

const exportedNames = new WeakMap<SyntaxNode, ReadonlySet<string>>();

/** Names that `export { … }`, `export default name` and `module.exports = { … }` give away. */
function exportsOf(root: SyntaxNode, text: string): ReadonlySet<string> {
  let names = exportedNames.get(root);
  if (names === undefined) {
    const found = new Set<string>();
    for (const statement of root.children) {
      if (statement.type === 'export_statement') {
        const value = childOf(statement, 'value');
        if (value?.type === 'identifier') found.add(textOf(value, text));
        for (const specifier of ofType(statement, 'export_clause')?.children ?? []) {
          const name = childOf(specifier, 'name');
          if (name !== undefined) found.add(textOf(name, text));
        }
      }
      const assigned = ofType(statement, 'assignment_expression');
      const left = childOf(assigned, 'left');
      if (left === undefined || !/^(module\.)?exports\b/.test(textOf(left, text))) continue;
      const right = childOf(assigned, 'right')!;
      const given = right.type === 'object' ? right.children : [right];
      for (const each of given) {
        const name = each.type === 'pair' ? childOf(each, 'value') : each;
        if (name !== undefined && /identifier$/.test(name.type)) found.add(textOf(name, text));
      }
    }
    names = found;
    exportedNames.set(root, names);
  }
  return names;
}

function isExported(node: SyntaxNode, name: string, text: string): boolean {
  if (node.type === 'assignment_expression')
    return /^(module\.)?exports\b/.test(textOf(childOf(node, 'left')!, text));
  const parent = node.parent;
  if (parent !== undefined && (parent.type === 'class_body' || parent.type === 'interface_body')) {
    const hidden = ofType(node, 'accessibility_modifier');
    if (name.startsWith('#') || (hidden !== undefined && textOf(hidden, text) !== 'public')) return false;
    const owner = above(node, CLASSES);
    if (owner === undefined) return false;
    const holder = owner.type === 'class' ? owner.parent! : owner;
    const named = childOf(holder, 'name');
    return isExported(holder, named === undefined ? '' : textOf(named, text), text);
  }
  const whole = wholeOf(node);
  if (whole.type === 'export_statement') return true;
  const statement = node.type === 'variable_declarator' ? node.parent! : whole;
  if (statement.parent?.type === 'export_statement') return true;
  return statement.parent?.parent === undefined && statement.parent !== undefined
    ? exportsOf(statement.parent, text).has(name)
    : false;
}
