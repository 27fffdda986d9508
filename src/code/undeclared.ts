import type { Span } from '../vocabulary/request.ts';
import { languageNames } from './languageNames.ts';
import { type SyntaxNode, textOf, walk } from './node.ts';

/** Where a language's tree binds a name, and where a name is a member, a key or a label: `type` or `type.field`. */
interface Places {
  readonly names: ReadonlySet<string>;
  readonly binding: ReadonlySet<string>;
  /** Nodes between a name and the place that binds it. */
  readonly patterns: ReadonlySet<string>;
  readonly notAName: ReadonlySet<string>;
  /** What brings in names that nobody sees. */
  readonly opaque: (node: SyntaxNode, text: string) => boolean;
  /** A name that is left alone by its looks. */
  readonly skipped?: (name: string, node: SyntaxNode) => boolean;
}

const list = (text: string) => new Set(text.split(/\s+/));

const script: Places = {
  names: languageNames.script,
  binding: list(`variable_declarator.name function_declaration.name generator_function_declaration.name
    function_expression.name generator_function.name function_signature.name class_declaration.name class.name
    abstract_class_declaration.name enum_declaration.name internal_module.name module.name
    required_parameter.pattern optional_parameter.pattern required_parameter optional_parameter formal_parameters
    arrow_function.parameter for_in_statement.left catch_clause.parameter import_specifier import_clause
    namespace_import import_require_clause import_alias index_signature.name shorthand_property_identifier_pattern`),
  patterns: list(`array_pattern object_pattern pair_pattern rest_pattern assignment_pattern
    object_assignment_pattern`),
  notAName: list(`export_specifier labeled_statement nested_identifier meta_property jsx_namespace_name
    nested_type_identifier type_predicate asserts namespace_export`),
  opaque: (node) => node.type === 'with_statement',
  skipped: (name, node) => /^jsx_/.test(node.parent?.type ?? '') && /^[a-z]/.test(name),
};

const python: Places = {
  names: languageNames.python,
  binding: list(`assignment.left for_statement.left for_in_clause.left parameters lambda_parameters
    default_parameter.name typed_default_parameter.name typed_parameter function_definition.name
    class_definition.name as_pattern_target aliased_import.alias named_expression.name global_statement
    nonlocal_statement import_statement import_from_statement relative_import type_parameter type_alias_statement`),
  patterns:
    list(`pattern_list tuple_pattern list_pattern list_splat_pattern dictionary_splat_pattern dotted_name
    aliased_import parenthesized_expression list_splat tuple`),
  notAName: list('attribute.attribute keyword_argument.name keyword_separator type member_type'),
  opaque: (node, text) =>
    node.type === 'wildcard_import' ||
    node.type === 'match_statement' ||
    (node.type === 'call' && /^(exec|globals|locals|vars)\(/.test(textOf(node, text))),
};

const go: Places = {
  names: languageNames.go,
  binding:
    list(`short_var_declaration.left range_clause.left receive_statement.left var_spec.name const_spec.name
    parameter_declaration.name variadic_parameter_declaration.name function_declaration.name
    type_switch_statement.alias import_spec.name type_parameter_declaration.name`),
  patterns: list('expression_list'),
  notAName: list('keyed_element field_declaration qualified_type.package'),
  opaque: (node) => node.type === 'dot',
};

const java: Places = {
  names: languageNames.java,
  binding: list(`variable_declarator.name formal_parameter.name catch_formal_parameter.name
    enhanced_for_statement.name inferred_parameters lambda_expression.parameters method_declaration.name
    class_declaration.name constructor_declaration.name resource.name instanceof_expression.name
    type_pattern record_pattern_component enum_constant.name interface_declaration.name enum_declaration.name
    record_declaration.name annotation_type_declaration.name`),
  patterns: list('dimensions'),
  notAName: list(`field_access.field method_invocation.name method_reference labeled_statement break_statement
    continue_statement scoped_identifier annotation.name marker_annotation.name element_value_pair.key
    package_declaration import_declaration switch_label module_declaration`),
  opaque: (node) => node.type === 'superclass' || node.type === 'asterisk',
  skipped: (name) => /^[A-Z]/.test(name),
};

const places: Readonly<Record<string, Places>> = {
  javascript: script,
  javascriptreact: script,
  typescript: script,
  typescriptreact: script,
  python,
  go,
  java,
};

/** See `Code.undeclared`: a name that stands anywhere else in the text counts as declared. */
export function undeclaredIn(
  root: SyntaxNode,
  text: string,
  languageId: string,
  at: Span,
  known: readonly string[],
): readonly string[] {
  const language = places[languageId];
  if (!language) return [];
  const declared = new Set(known);
  const used = new Map<string, SyntaxNode>();
  for (const node of walk(root)) {
    if (language.opaque(node, text)) return [];
    // Go names a package by the end of its path, most often.
    if (node.type === 'import_spec')
      for (const part of textOf(node, text).match(/\w+/g) ?? []) declared.add(part);
    if (node.children.length > 0 || !/identifier/.test(node.type)) continue;
    const name = textOf(node, text);
    if (node.start < at.start || node.end > at.end || binds(node, language)) declared.add(name);
    else if (isReference(node, language) && !language.skipped?.(name, node) && !used.has(name))
      used.set(name, node);
  }
  return [...used.keys()].filter((name) => name !== '' && !declared.has(name) && !language.names.has(name));
}

function binds(node: SyntaxNode, language: Places): boolean {
  if (language.binding.has(node.type)) return true;
  let at = node;
  while (at.parent !== undefined && language.patterns.has(at.parent.type)) {
    // What a pattern falls back to is used, not bound.
    if (at.field === 'right') return false;
    at = at.parent;
  }
  const { parent } = at;
  return (
    parent !== undefined &&
    (language.binding.has(parent.type) || language.binding.has(`${parent.type}.${at.field}`))
  );
}

function isReference(node: SyntaxNode, language: Places): boolean {
  if (node.type !== 'identifier' && node.type !== 'shorthand_property_identifier') return false;
  const { parent } = node;
  if (parent === undefined) return true;
  if (parent.type === 'ERROR') return false;
  // The key of a Go literal may be a field's name.
  if (
    parent.type === 'literal_element' &&
    parent.parent?.children[0] === parent &&
    parent.parent.type === 'keyed_element'
  )
    return false;
  return !language.notAName.has(parent.type) && !language.notAName.has(`${parent.type}.${node.field}`);
}
