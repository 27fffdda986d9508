/** A node of a syntax tree as plain data: tree-sitter's own tree is deleted once this is made. */
export interface SyntaxNode {
  readonly type: string;
  /** False for keywords and punctuation. */
  readonly named: boolean;
  /** The name that the parent has for this child. */
  readonly field: string | undefined;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Put in by the parser where the source lacks it. */
  readonly missing: boolean;
  readonly parent: SyntaxNode | undefined;
  readonly children: readonly SyntaxNode[];
}

export function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.start, node.end);
}

export function childOf(node: SyntaxNode | undefined, field: string): SyntaxNode | undefined {
  return node?.children.find((child) => child.field === field);
}

export function childrenOf(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === field);
}

export function ofType(node: SyntaxNode | undefined, ...types: string[]): SyntaxNode | undefined {
  return node?.children.find((child) => types.includes(child.type));
}

/** The nearest node above that is of one of the types. */
export function above(node: SyntaxNode, types: ReadonlySet<string>): SyntaxNode | undefined {
  let up = node.parent;
  while (up !== undefined && !types.has(up.type)) up = up.parent;
  return up;
}

/**
 * The node and all below it, outer before inner, in the order of the text. Below a node for which `enter`
 * is false nothing is visited. No recursion: generated sources nest deeper than the stack.
 */
export function* walk(
  root: SyntaxNode,
  enter: (node: SyntaxNode) => boolean = () => true,
): Generator<SyntaxNode> {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    if (!enter(node)) continue;
    for (let index = node.children.length - 1; index >= 0; index--) stack.push(node.children[index]!);
  }
}
