import type { Parameter } from '../code.ts';
import type { Declaration, Import, Language } from '../language.ts';
import { above, childOf, ofType, type SyntaxNode, textOf, walk } from '../node.ts';
import { asserts, test } from './cppTests.ts';

const CLASSES = new Set(['class_specifier', 'struct_specifier', 'union_specifier', 'enum_specifier']);
const FUNCTIONS = new Set(['function_definition', 'declaration', 'field_declaration']);

/** C as well: its programs are read by the same grammar. */
export const cpp: Language = {
  comments: new Set(['comment']),
  verbatim: new Set([
    'string_literal',
    'raw_string_literal',
    'char_literal',
    'system_lib_string',
    'preproc_arg',
  ]),
  // A line comment that ends in a backslash goes on in the next line.
  directive: (comment, text) => {
    const written = textOf(comment, text);
    return written.startsWith('//') && /\\[ \t]*$/m.test(written);
  },
  documents: (comment) => /^(\/\*[*!](?![*/])|\/\/[/!](?!\/))/.test(comment),
  declaration,
  called,
  imported,
  test,
  asserts,
};

function declaration(node: SyntaxNode, text: string): Declaration | undefined {
  if (CLASSES.has(node.type)) return classOf(node, text);
  if (!FUNCTIONS.has(node.type)) return undefined;
  const declarator = functionDeclarator(childOf(node, 'declarator'));
  const named = nameOf(childOf(declarator, 'declarator'));
  if (declarator === undefined || named === undefined) return undefined;
  // `Cart c(1);` in a function declares a variable, whatever it looks like.
  if (node.type === 'declaration' && above(node, new Set(['compound_statement'])) !== undefined)
    return undefined;
  const holder = above(node, CLASSES);
  const scope = scopeOf(childOf(declarator, 'declarator'), text);
  const isMethod = holder !== undefined || (scope !== undefined && /^[A-Z]/.test(scope));
  // A macro that reads like a function: `TEST(Suite, Name) {…}`.
  if (!isMethod && childOf(node, 'type') === undefined) return undefined;
  const body = childOf(node, 'body');
  const name = textOf(named, text);
  const owner = isMethod ? (scope ?? nameText(childOf(holder, 'name'), text)) : undefined;
  return {
    kind: isMethod ? 'method' : 'function',
    name,
    ...(owner !== undefined && { owner }),
    whole: wholeOf(node),
    ...(body !== undefined && { body }),
    parameters: parametersOf(childOf(declarator, 'parameters'), text),
    returnsValue: givesBack(node, declarator, text),
    exported: isExported(node, holder, text),
    async: false,
  };
}

function classOf(node: SyntaxNode, text: string): Declaration | undefined {
  const name = nameText(childOf(node, 'name'), text);
  const body = childOf(node, 'body');
  // Without a body it only names a type.
  if (name === undefined || body === undefined) return undefined;
  return {
    kind: 'class',
    name,
    whole: wholeOf(node),
    body,
    parameters: [],
    returnsValue: false,
    exported: true,
    async: false,
  };
}

/** With the `template <…>` before it. */
function wholeOf(node: SyntaxNode): SyntaxNode {
  let whole = node;
  while (whole.parent?.type === 'template_declaration') whole = whole.parent;
  return whole;
}

/** Below pointers and references, which belong to the type that is given back. */
function functionDeclarator(declarator: SyntaxNode | undefined): SyntaxNode | undefined {
  let at = declarator;
  while (at !== undefined && at.type !== 'function_declarator') {
    if (!/^(pointer|reference)_declarator$/.test(at.type)) return undefined;
    at =
      childOf(at, 'declarator') ?? at.children.find((child) => child.named && /declarator$/.test(child.type));
  }
  return at;
}

/** In `shop::Cart::get` the node `get`; none for a pointer to a function. */
function nameOf(declarator: SyntaxNode | undefined): SyntaxNode | undefined {
  let at = declarator;
  while (at?.type === 'qualified_identifier' || at?.type === 'template_function') at = childOf(at, 'name');
  return at !== undefined &&
    /^(identifier|field_identifier|destructor_name|operator_name|operator_cast)$/.test(at.type)
    ? at
    : undefined;
}

/** In `shop::Cart::get` the text `Cart`. */
function scopeOf(declarator: SyntaxNode | undefined, text: string): string | undefined {
  let scope: string | undefined;
  let at = declarator;
  while (at?.type === 'qualified_identifier') {
    scope = nameText(childOf(at, 'scope'), text) ?? scope;
    at = childOf(at, 'name');
  }
  return scope;
}

function nameText(node: SyntaxNode | undefined, text: string): string | undefined {
  if (node === undefined) return undefined;
  return textOf(childOf(node, 'name') ?? node, text);
}

function parametersOf(list: SyntaxNode | undefined, text: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const each of list?.children ?? []) {
    const optional = each.type === 'optional_parameter_declaration';
    const rest = each.type === 'variadic_parameter_declaration';
    if (!optional && !rest && each.type !== 'parameter_declaration') continue;
    const declarator = childOf(each, 'declarator');
    if (declarator === undefined) continue;
    // The parameters of a pointer to a function are not this function's.
    const name = [...walk(declarator, (one) => one.type !== 'parameter_list')].find(
      (one) => one.type === 'identifier',
    );
    if (name !== undefined) parameters.push({ name: textOf(name, text), optional, rest });
  }
  return parameters;
}

function givesBack(node: SyntaxNode, declarator: SyntaxNode, text: string): boolean {
  const type = childOf(node, 'type');
  if (type === undefined) return false;
  const trailing = ofType(declarator, 'trailing_return_type');
  if (trailing !== undefined) return !/->\s*void$/.test(textOf(trailing, text));
  return textOf(type, text) !== 'void' || childOf(node, 'declarator')?.type !== 'function_declarator';
}

/** Not below `private:` or `protected:` of its class (a class begins private), and not `static` in a file. */
function isExported(node: SyntaxNode, holder: SyntaxNode | undefined, text: string): boolean {
  if (holder === undefined) {
    const storage = node.children.filter((child) => child.type === 'storage_class_specifier');
    return !storage.some((each) => textOf(each, text) === 'static');
  }
  let open = holder.type !== 'class_specifier';
  for (const each of childOf(holder, 'body')?.children ?? []) {
    if (each.start >= node.start) break;
    if (each.type === 'access_specifier') open = textOf(each, text) === 'public';
  }
  return open;
}

function called(node: SyntaxNode, text: string): readonly string[] {
  if (node.type === 'call_expression') return lastName(childOf(node, 'function'), text);
  if (node.type === 'new_expression' || node.type === 'compound_literal_expression')
    return lastName(childOf(node, 'type'), text);
  // `Cart cart;`, `Cart cart{1};` and `Cart cart(1);` construct.
  return node.type === 'declaration' && above(node, new Set(['compound_statement'])) !== undefined
    ? lastName(childOf(node, 'type'), text)
    : [];
}

function lastName(callee: SyntaxNode | undefined, text: string): readonly string[] {
  let at = callee;
  while (at !== undefined) {
    if (at.type === 'field_expression') at = childOf(at, 'field');
    else if (/^(qualified_identifier|template_(function|method|type))$/.test(at.type))
      at = childOf(at, 'name');
    else return /identifier$/.test(at.type) ? [textOf(at, text)] : [];
  }
  return [];
}

function imported(node: SyntaxNode, text: string): readonly Import[] {
  const path = node.type === 'preproc_include' ? childOf(node, 'path') : undefined;
  if (path === undefined) return [];
  const module = textOf(path, text).slice(1, -1);
  return [{ module, names: [], span: { start: node.start, end: node.end } }];
}
