import type { Parameter } from '../code.ts';
import type { Declaration, Import, Language } from '../language.ts';
import { above, childOf, ofType, type SyntaxNode, textOf } from '../node.ts';
import { asserts, test } from './phpTests.ts';

const CLASSES = new Set([
  'class_declaration',
  'interface_declaration',
  'trait_declaration',
  'enum_declaration',
]);

export const php: Language = {
  comments: new Set(['comment']),
  verbatim: new Set(['string', 'encapsed_string', 'heredoc', 'nowdoc', 'shell_command_expression', 'text']),
  documents: (comment) => /^\/\*\*(?![*/])/.test(comment),
  declaration,
  called,
  imported,
  test,
  asserts,
};

function declaration(node: SyntaxNode, text: string): Declaration | undefined {
  const isClass = CLASSES.has(node.type);
  const isMethod = node.type === 'method_declaration';
  if (!isClass && !isMethod && node.type !== 'function_definition') return undefined;
  const named = childOf(node, 'name');
  if (named === undefined) return undefined;
  const name = textOf(named, text);
  const type = childOf(node, 'return_type');
  const body = childOf(node, 'body');
  return {
    kind: isClass ? 'class' : isMethod ? 'method' : 'function',
    name,
    whole: node,
    ...(body !== undefined && { body }),
    parameters: parametersOf(childOf(node, 'parameters'), text),
    returnsValue: !isClass && !/^__(construct|destruct)$/.test(name) && givesBack(type, body, text),
    exported:
      !isMethod || !/^(private|protected)$/.test(textOf(ofType(node, 'visibility_modifier') ?? named, text)),
    async: false,
  };
}

/** Where no type is written, what the body returns. */
function givesBack(type: SyntaxNode | undefined, body: SyntaxNode | undefined, text: string): boolean {
  if (type !== undefined) return !/^\??(void|never)$/i.test(textOf(type, text));
  const open = [...(body?.children ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'return_statement') {
      if (node.children.some((child) => child.named && child.type !== 'comment')) return true;
    } else if (node.type === 'yield_expression') return true;
    else if (!/^(anonymous_function|arrow_function|class_declaration|function_definition)$/.test(node.type))
      open.push(...node.children);
  }
  return false;
}

function parametersOf(list: SyntaxNode | undefined, text: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const each of list?.children ?? []) {
    const named = childOf(each, 'name');
    if (named === undefined) continue;
    parameters.push({
      name: textOf(named, text).replace(/^\$/, ''),
      optional: childOf(each, 'default_value') !== undefined,
      rest: each.type === 'variadic_parameter',
    });
  }
  return parameters;
}

function called(node: SyntaxNode, text: string): readonly string[] {
  switch (node.type) {
    case 'function_call_expression':
      return lastName(childOf(node, 'function'), text);
    case 'member_call_expression':
    case 'nullsafe_member_call_expression':
    case 'scoped_call_expression':
      return lastName(childOf(node, 'name'), text);
    case 'object_creation_expression': {
      const type = node.children.find((child) => /^(qualified_)?name$/.test(child.type));
      if (type !== undefined && /^(static|self)$/.test(textOf(type, text))) {
        const holder = childOf(above(node, CLASSES), 'name');
        return holder === undefined ? [] : [textOf(holder, text)];
      }
      return lastName(type, text);
    }
    default:
      return [];
  }
}

function lastName(callee: SyntaxNode | undefined, text: string): readonly string[] {
  if (callee === undefined || !/^(qualified_)?name$/.test(callee.type)) return [];
  return [textOf(callee, text).split('\\').at(-1)!];
}

function imported(node: SyntaxNode, text: string): readonly Import[] {
  if (node.type !== 'namespace_use_declaration') return [];
  const span = { start: node.start, end: node.end };
  const group = childOf(node, 'body');
  const prefix = group === undefined ? undefined : ofType(node, 'namespace_name');
  const clauses = (group ?? node).children.filter((child) => child.type === 'namespace_use_clause');
  return clauses.map((clause) => {
    const path = clause.children.find((child) => /^(qualified_)?name$/.test(child.type));
    const written = path === undefined ? '' : textOf(path, text);
    const whole = prefix === undefined ? written : `${textOf(prefix, text)}\\${written}`;
    const parts = whole.replace(/^\\/, '').split('\\');
    const alias = childOf(clause, 'alias');
    const last = parts.pop() ?? '';
    return { module: parts.join('\\'), names: [alias === undefined ? last : textOf(alias, text)], span };
  });
}
