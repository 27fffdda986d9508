import type { Parameter } from '../code.ts';
import { childOf, type SyntaxNode, textOf, walk } from '../node.ts';

/** The parameters of a function, `this` left out. */
export function parametersOf(holder: SyntaxNode, text: string): readonly Parameter[] {
  const single = childOf(holder, 'parameter');
  if (single !== undefined) return [{ name: textOf(single, text), optional: false, rest: false }];
  const list = childOf(holder, 'parameters');
  const parameters: Parameter[] = [];
  for (const node of list?.children ?? []) {
    if (!node.named || node.type === 'comment' || node.type === 'ERROR') continue;
    const pattern =
      childOf(node, 'pattern') ?? (node.type === 'assignment_pattern' ? childOf(node, 'left')! : node);
    if (pattern.type === 'this') continue;
    parameters.push({
      name: boundNames(pattern, text).join(','),
      optional:
        node.type === 'optional_parameter' ||
        node.type === 'assignment_pattern' ||
        childOf(node, 'value') !== undefined,
      rest: pattern.type === 'rest_pattern',
    });
  }
  return parameters;
}

/** The names that a pattern binds, in the order of the text. */
export function boundNames(pattern: SyntaxNode, text: string): readonly string[] {
  const names: string[] = [];
  for (const node of walk(pattern, (each) => !isDefault(each) && each.type !== 'type_annotation')) {
    if (isDefault(node)) continue;
    if (node.type === 'identifier' || node.type === 'shorthand_property_identifier_pattern')
      names.push(textOf(node, text));
  }
  return names;
}

/** Defaults are expressions: what they name is used, not bound. So is a computed key. */
function isDefault(node: SyntaxNode): boolean {
  return (
    (node.field === 'right' && /assignment_pattern$/.test(node.parent?.type ?? '')) || node.field === 'key'
  );
}
