import type { Import } from '../language.ts';
import { childOf, ofType, type SyntaxNode, textOf, walk } from '../node.ts';
import { boundNames } from './javascriptParameters.ts';
import { stringOf } from './javascriptTests.ts';

/** Names that a call, `new`, a JSX element or an assertion calls. */
export function called(node: SyntaxNode, text: string): readonly string[] {
  switch (node.type) {
    case 'call_expression':
      return lastNames(childOf(node, 'function'), text);
    case 'new_expression':
      return lastNames(childOf(node, 'constructor'), text);
    case 'jsx_opening_element':
    case 'jsx_self_closing_element':
      return lastNames(childOf(node, 'name'), text);
    case 'arguments': {
      // `expect(f).toThrow()` and `assert.throws(f)` call what they are given.
      const callee = childOf(node.parent, 'function');
      if (
        callee === undefined ||
        !/(^expect|\.(throws|rejects|doesNotThrow|doesNotReject))$/.test(textOf(callee, text))
      )
        return [];
      return lastNames(
        node.children.find((child) => child.named),
        text,
      );
    }
    default:
      return [];
  }
}

function lastNames(callee: SyntaxNode | undefined, text: string): readonly string[] {
  let inner = callee;
  while (inner?.type === 'parenthesized_expression' || inner?.type === 'non_null_expression')
    inner = inner.children.find((child) => child.named);
  if (inner?.type === 'member_expression') inner = childOf(inner, 'property');
  if (inner?.type === 'subscript_expression') {
    const index = childOf(inner, 'index');
    const name = index === undefined ? undefined : stringOf(index, text);
    return name === undefined ? [] : [name];
  }
  return inner !== undefined && /identifier$/.test(inner.type) ? [textOf(inner, text)] : [];
}

/** `import`, `export … from`, `require` and dynamic `import`. */
export function imported(node: SyntaxNode, text: string): readonly Import[] {
  const span = { start: node.start, end: node.end };
  if (node.type === 'import_statement' || (node.type === 'export_statement' && childOf(node, 'source'))) {
    const required = ofType(node, 'import_require_clause');
    const source = childOf(required ?? node, 'source');
    const module = source === undefined ? undefined : stringOf(source, text);
    if (module === undefined) return [];
    const clause = required ?? ofType(node, 'import_clause');
    return [{ module, names: clause === undefined ? [] : importedNames(clause, text), span }];
  }
  if (node.type !== 'call_expression') return [];
  const callee = childOf(node, 'function');
  if (callee === undefined || (callee.type !== 'import' && textOf(callee, text) !== 'require')) return [];
  const given = childOf(node, 'arguments')?.children.find((child) => child.named);
  const module = given === undefined ? undefined : stringOf(given, text);
  if (module === undefined) return [];
  const value = node.parent?.type === 'await_expression' ? node.parent : node;
  const declarator = value.parent?.type === 'variable_declarator' ? value.parent : undefined;
  const pattern = childOf(declarator, 'name');
  const statement =
    declarator?.parent ?? (value.parent?.type === 'expression_statement' ? value.parent : value);
  return [
    {
      module,
      names: pattern === undefined ? [] : boundNames(pattern, text),
      span: { start: statement.start, end: statement.end },
    },
  ];
}

function importedNames(clause: SyntaxNode, text: string): readonly string[] {
  const names: string[] = [];
  for (const node of walk(clause, (each) => each.type !== 'import_specifier')) {
    if (node.type === 'import_specifier') {
      const name = childOf(node, 'alias') ?? childOf(node, 'name');
      if (name !== undefined) names.push(textOf(name, text));
    } else if (node.type === 'identifier') names.push(textOf(node, text));
  }
  return names;
}
