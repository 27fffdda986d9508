import type { Span } from '../../vocabulary/request.ts';
import type { Parameter } from '../code.ts';
import type { Declaration, Import, Language } from '../language.ts';
import { childOf, childrenOf, ofType, type SyntaxNode, textOf, walk } from '../node.ts';
import { asserts, test } from './pythonTests.ts';

export const python: Language = {
  comments: new Set(['comment']),
  verbatim: new Set(['string', 'string_content', 'format_specifier']),
  directive: (comment, text) =>
    /^#.*?coding[:=]/.test(textOf(comment, text)) && text.slice(0, comment.start).split('\n').length <= 2,
  // A comment above a definition is no doc: the docstring inside is.
  documents: () => false,
  inert: (node, text) => node.type === 'line_continuation' || docstringIn(node.parent, text) === node,
  declaration,
  called,
  imported,
  test,
  asserts,
};

const DEFINITIONS = new Set(['function_definition', 'class_definition']);

/** The statement that is the docstring of a module, or of the class or function that a block belongs to. */
function docstringIn(block: SyntaxNode | undefined, text: string): SyntaxNode | undefined {
  if (block === undefined) return undefined;
  if (block.type !== 'module' && !(block.type === 'block' && DEFINITIONS.has(block.parent?.type ?? '')))
    return undefined;
  const first = block.children.find((child) => child.type !== 'comment');
  if (first?.type !== 'expression_statement') return undefined;
  const only = first.children.filter((child) => child.type !== 'comment');
  const string = only[0];
  if (only.length !== 1 || string?.type !== 'string') return undefined;
  // Only a plain or a raw string is one: an f-string is evaluated, and bytes are no text.
  return /^[ru]?['"]/i.test(textOf(string, text)) ? first : undefined;
}

function declaration(node: SyntaxNode, text: string): Declaration | undefined {
  if (!DEFINITIONS.has(node.type)) return undefined;
  const named = childOf(node, 'name');
  if (named === undefined) return undefined;
  const name = textOf(named, text);
  const owner = ownerOf(node);
  const isClass = node.type === 'class_definition';
  const body = childOf(node, 'body');
  const colon = node.children.findLast(
    (child) => child.type === ':' && child.start < (body?.start ?? node.end),
  );
  const doc = docstring(body, text);
  const decorated = node.parent?.type === 'decorated_definition' ? node.parent : undefined;
  return {
    kind: isClass ? 'class' : owner?.type === 'class_definition' ? 'method' : 'function',
    name,
    whole: decorated ?? node,
    ...(colon !== undefined && { signatureEnd: colon.end }),
    ...(body !== undefined && { body }),
    ...(doc !== undefined && { docstring: doc }),
    parameters: isClass ? [] : parametersOf(node, decorated, owner, text),
    returnsValue: !isClass && returnsValue(node, name, text),
    exported: isExported(node, text),
    async: ofType(node, 'async') !== undefined,
  };
}

function docstring(body: SyntaxNode | undefined, text: string): Span | undefined {
  const statement = docstringIn(body, text);
  return statement === undefined ? undefined : { start: statement.start, end: statement.end };
}

/** The definition right around one, decorators and `if` blocks passed over. */
function ownerOf(node: SyntaxNode): SyntaxNode | undefined {
  let up = node.parent;
  while (up !== undefined && !DEFINITIONS.has(up.type)) up = up.parent;
  return up;
}

function parametersOf(
  node: SyntaxNode,
  decorated: SyntaxNode | undefined,
  owner: SyntaxNode | undefined,
  text: string,
): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const each of childOf(node, 'parameters')?.children ?? []) {
    const parameter = parameterOf(each, text);
    if (parameter !== undefined) parameters.push(parameter);
  }
  const isStatic =
    ofType(decorated, 'decorator') !== undefined && decorators(decorated!, text).includes('@staticmethod');
  if (owner?.type === 'class_definition' && !isStatic && !parameters[0]?.rest) return parameters.slice(1);
  return parameters;
}

function decorators(decorated: SyntaxNode, text: string): readonly string[] {
  return decorated.children
    .filter((child) => child.type === 'decorator')
    .map((child) => textOf(child, text).trim());
}

function parameterOf(node: SyntaxNode, text: string): Parameter | undefined {
  switch (node.type) {
    case 'identifier':
      return { name: textOf(node, text), optional: false, rest: false };
    case 'tuple_pattern':
      return { name: identifiers(node, text).join(','), optional: false, rest: false };
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern':
      return { name: identifiers(node, text).join(','), optional: false, rest: true };
    case 'typed_parameter': {
      const inner = node.children.find((child) => child.named);
      return inner === undefined ? undefined : parameterOf(inner, text);
    }
    case 'default_parameter':
    case 'typed_default_parameter': {
      const name = childOf(node, 'name');
      return name === undefined ? undefined : { name: textOf(name, text), optional: true, rest: false };
    }
    default:
      return undefined;
  }
}

function identifiers(node: SyntaxNode, text: string): readonly string[] {
  return [...walk(node)].filter((each) => each.type === 'identifier').map((each) => textOf(each, text));
}

function returnsValue(node: SyntaxNode, name: string, text: string): boolean {
  if (name === '__init__') return false;
  const type = childOf(node, 'return_type');
  if (type !== undefined)
    return !/^['"]?(None|NoReturn|Never|typing\.(NoReturn|Never))['"]?$/.test(textOf(type, text));
  const body = childOf(node, 'body');
  if (body === undefined) return false;
  const own = (each: SyntaxNode) => !DEFINITIONS.has(each.type) && each.type !== 'lambda';
  for (const each of walk(body, own)) {
    if (each.type === 'yield') return true;
    if (each.type !== 'return_statement') continue;
    const value = each.children.find((child) => child.named && child.type !== 'comment');
    if (value !== undefined && value.type !== 'none') return true;
  }
  return false;
}

/** By convention: nothing that begins with one underscore, and nothing inside a function. */
function isExported(node: SyntaxNode, text: string): boolean {
  let at: SyntaxNode | undefined = node;
  while (at !== undefined) {
    const name = childOf(at, 'name');
    if (name === undefined || /^_(?!_\w*__$)/.test(textOf(name, text))) return false;
    at = ownerOf(at);
    if (at?.type === 'function_definition') return false;
  }
  return true;
}

function called(node: SyntaxNode, text: string): readonly string[] {
  if (node.type === 'decorator')
    return lastName(
      node.children.find((child) => child.named),
      text,
    );
  if (node.type !== 'call') return [];
  const callee = childOf(node, 'function');
  const names = lastName(callee, text);
  if (!/^(assertRaises|assertRaisesRegex|assertWarns|raises|warns)$/.test(names[0] ?? '')) return names;
  // `raises(ValueError, parse, "x")` calls what it is given.
  const given = childOf(node, 'arguments')?.children.filter((child) => child.named) ?? [];
  return [...names, ...given.slice(1, 3).flatMap((each) => lastName(each, text))];
}

function lastName(node: SyntaxNode | undefined, text: string): readonly string[] {
  const name = node?.type === 'attribute' ? childOf(node, 'attribute') : node;
  return name?.type === 'identifier' ? [textOf(name, text)] : [];
}

function imported(node: SyntaxNode, text: string): readonly Import[] {
  const span = { start: node.start, end: node.end };
  if (node.type === 'import_statement') {
    return childrenOf(node, 'name').map((each) => {
      const name = childOf(each, 'name') ?? each;
      const alias = childOf(each, 'alias');
      const module = textOf(name, text);
      return { module, names: [alias === undefined ? module.split('.')[0]! : textOf(alias, text)], span };
    });
  }
  if (node.type !== 'import_from_statement' && node.type !== 'future_import_statement') return [];
  const source = childOf(node, 'module_name');
  const names = childrenOf(node, 'name').map((each) => textOf(childOf(each, 'alias') ?? each, text));
  return [
    {
      module: source === undefined ? '__future__' : textOf(source, text),
      names: ofType(node, 'wildcard_import') === undefined ? names : ['*'],
      span,
    },
  ];
}
