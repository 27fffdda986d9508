import type { Span } from '../vocabulary/request.ts';
import type { Parameter } from './code.ts';
import type { SyntaxNode } from './node.ts';

/** A function, method or class as one language declares it. */
export interface Declaration {
  readonly kind: 'function' | 'method' | 'class';
  readonly name: string;
  /** Only where the tree does not nest it in its owner (Go); else the enclosing class is the owner. */
  readonly owner?: string;
  /** The outermost node of the declaration: the `export`, the decorated definition. */
  readonly whole: SyntaxNode;
  /** Where the declaration begins, where that is before `whole` (decorators as siblings). */
  readonly start?: number;
  /** The call that the declaration is handed to on its own line (Ruby's `private def …`). */
  readonly led?: SyntaxNode;
  /** Where the signature ends, where that is not right before the body. */
  readonly signatureEnd?: number;
  readonly body?: SyntaxNode;
  /** A docstring; doc comments above are found for every language alike. */
  readonly docstring?: Span;
  readonly parameters: readonly Parameter[];
  readonly returnsValue: boolean;
  readonly exported: boolean;
  readonly async: boolean;
}

export interface Import {
  readonly module: string;
  readonly names: readonly string[];
  readonly span: Span;
}

/** A node that declares a test case or a group of them. */
export interface Test {
  readonly name: string;
  readonly kind: 'case' | 'group';
  /** What runs; absent for a pending one, or where it is only named (`helper`). */
  readonly body?: SyntaxNode;
  /** The name of the function that runs, where the test only names it. */
  readonly runs?: string;
  /** The declaration itself states what must happen (`@Test(expected = …)`). */
  readonly asserts?: boolean;
}

/** What one language's tree means. Everything else in this room is the same for all. */
export interface Language {
  /** Node types of comments. */
  readonly comments: ReadonlySet<string>;
  /** A comment that the compiler reads (`//go:embed`), or ends sooner than the grammar does: part of the program. */
  directive?(comment: SyntaxNode, text: string): boolean;
  /** Whether a comment, as written, documents what follows it. */
  documents(comment: string): boolean;
  /** Nodes that are gone with the comments, besides these. */
  inert?(node: SyntaxNode, text: string): boolean;
  /** The text of a leaf as the language takes it, where white space in it is not significant. */
  leafText?(node: SyntaxNode, text: string): string | undefined;
  /** Types of nodes between whose children white space is significant (strings). */
  readonly verbatim: ReadonlySet<string>;
  declaration(node: SyntaxNode, text: string): Declaration | undefined;
  /** Names that a node calls or constructs. */
  called(node: SyntaxNode, text: string): readonly string[];
  imported(node: SyntaxNode, text: string): readonly Import[];
  test(node: SyntaxNode, text: string): Test | undefined;
  /** Whether a node can make the test around it fail. */
  asserts(node: SyntaxNode, text: string): boolean;
}
