import type { Span } from '../vocabulary/request.ts';
import type { Mutant } from './code.ts';
import { above, childOf, type SyntaxNode, textOf, walk } from './node.ts';

type Kind = 'value' | 'comparison' | 'arithmetic' | 'condition' | 'statement' | 'logic';

/** What one family of languages calls the things that a fault can be put into. */
interface Dialect {
  /** A value that is there, is true and equals nothing: only what looks at the result itself sees it. */
  readonly other: string;
  readonly empty: string;
  readonly opposite: Readonly<Record<string, string>>;
  readonly swapped: Readonly<Record<string, string>>;
  readonly logic: Readonly<Record<string, string>>;
  readonly binary: ReadonlySet<string>;
  readonly negated: (condition: string) => string;
  readonly yes: string;
  readonly no: string;
}

const script: Dialect = {
  other: '({})',
  empty: ';',
  opposite: {
    '<': '>=',
    '>': '<=',
    '<=': '>',
    '>=': '<',
    '==': '!=',
    '!=': '==',
    '===': '!==',
    '!==': '===',
  },
  swapped: { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' },
  logic: { '&&': '||', '||': '&&' },
  binary: new Set(['binary_expression']),
  negated: (condition) => `(!${condition})`,
  yes: 'true',
  no: 'false',
};

const typed: Dialect = { ...script, other: '({} as any)' };

const python: Dialect = {
  other: 'object()',
  empty: 'pass',
  opposite: {
    '<': '>=',
    '>': '<=',
    '<=': '>',
    '>=': '<',
    '==': '!=',
    '!=': '==',
    in: 'not in',
    'not in': 'in',
    is: 'is not',
    'is not': 'is',
  },
  swapped: { '+': '-', '-': '+', '*': '/', '/': '*', '//': '*', '%': '*' },
  logic: { and: 'or', or: 'and' },
  binary: new Set(['binary_operator', 'comparison_operator', 'boolean_operator']),
  negated: (condition) => `not (${condition})`,
  yes: 'True',
  no: 'False',
};

const dialects: Readonly<Record<string, Dialect>> = {
  javascript: script,
  javascriptreact: script,
  typescript: typed,
  typescriptreact: typed,
  python,
};

/** Where a fault would change nothing that a test should see: what is said to people, types, and how loops go on. */
const apart = new Set([
  'throw_statement',
  'raise_statement',
  'assert_statement',
  'decorator',
  'type_annotation',
  'type_arguments',
  'update_expression',
  'augmented_assignment_expression',
  'jsx_attribute',
]);
/** A loop whose condition is turned round ends at once or never: the second only costs time. */
const loops = new Set(['while_statement', 'do_statement', 'for_statement']);
const quiet = /\b(?:console|log(?:ger|ging)?|print|debug|trace|warn|metrics?|telemetry|cache|memo\w*)\b/i;

interface Found extends Omit<Mutant, 'certain'> {
  readonly kind: Kind;
}

/** See `Code.mutants`. */
export function mutantsOf(
  root: SyntaxNode,
  text: string,
  languageId: string,
  at: Span,
  most: number,
): readonly Mutant[] {
  const dialect = dialects[languageId];
  if (!dialect) return [];
  const found: Found[] = [];
  for (const node of walk(root, (each) => !apart.has(each.type))) {
    if (apart.has(node.type) || node.start < at.start || node.end > at.end) continue;
    const mutant = mutantOf(node, text, dialect);
    if (mutant) found.push(mutant);
  }
  return chosen(found, most).map(({ span, text: put, kind }) => ({
    span,
    text: put,
    certain: kind === 'value',
  }));
}

/** Of each kind in turn, and of a kind the ones that lie far apart: so few of them say the most. */
function chosen(found: readonly Found[], most: number): readonly Found[] {
  const order: readonly Kind[] = ['value', 'comparison', 'arithmetic', 'condition', 'statement', 'logic'];
  const queues = order.map((kind) => spread(found.filter((one) => one.kind === kind)));
  const taken: Found[] = [];
  for (let round = 0; taken.length < most && queues.some((queue) => queue.length > round); round += 1)
    for (const queue of queues) {
      const next = queue[round];
      if (next && taken.length < most) taken.push(next);
    }
  return taken;
}

/** First, last, middle, and so on. */
function spread<T>(list: readonly T[]): readonly T[] {
  if (list.length <= 2) return list;
  const middle = list.length >> 1;
  const rest = list.filter((_, index) => index !== 0 && index !== list.length - 1 && index !== middle);
  return [list[0]!, list.at(-1)!, list[middle]!, ...rest];
}

function mutantOf(node: SyntaxNode, text: string, dialect: Dialect): Found | undefined {
  const value = returned(node);
  if (value) return otherValue(value, text, dialect);
  if (dialect.binary.has(node.type)) return otherOperator(node, text, dialect);
  if (/^(?:if_statement|elif_clause|ternary_expression)$/.test(node.type))
    return otherCondition(node, text, dialect);
  if (node.type === 'expression_statement') return dropped(node, text, dialect);
  return undefined;
}

/** What a function gives back here. */
function returned(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === 'return_statement')
    return node.children.find((child) => child.named && child.type !== 'comment');
  const body = node.type === 'arrow_function' ? childOf(node, 'body') : undefined;
  return body && body.type !== 'statement_block' ? body : undefined;
}

function otherValue(value: SyntaxNode, text: string, dialect: Dialect): Found | undefined {
  const written = textOf(value, text);
  const span = { start: value.start, end: value.end };
  const put = (other: string): Found => ({ kind: 'value', span, text: other });
  if (/^(?:null|undefined|None)$/.test(written)) return undefined;
  if (written === dialect.yes) return put(dialect.no);
  if (written === dialect.no) return put(dialect.yes);
  if (/^-?\d+(?:\.\d+)?$/.test(written)) return put(String(Number(written) + 1));
  return put(dialect.other);
}

function otherOperator(node: SyntaxNode, text: string, dialect: Dialect): Found | undefined {
  const operators = node.children.filter(({ field }) => field === 'operator' || field === 'operators');
  const first = operators[0];
  const last = operators.at(-1);
  if (!first || !last) return undefined;
  // Python's `not in` is two words, a chain of comparisons has several: the first is enough.
  const two = operators.length === 2 && /^(?:not\s+in|is\s+not)$/.test(text.slice(first.start, last.end));
  const end = two ? last.end : first.end;
  const operator = text.slice(first.start, end).replace(/\s+/g, ' ');
  const span = { start: first.start, end };
  const opposite = dialect.opposite[operator];
  if (opposite !== undefined)
    return inLoopHead(node) ? undefined : { kind: 'comparison', span, text: opposite };
  const swapped = dialect.swapped[operator];
  if (swapped !== undefined) return { kind: 'arithmetic', span, text: swapped };
  const logic = dialect.logic[operator];
  return logic === undefined || inLoopHead(node) ? undefined : { kind: 'logic', span, text: logic };
}

function inLoopHead(node: SyntaxNode): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    if (loops.has(at.parent.type)) return at.field === 'condition' || at.field === 'increment';
    if (/statement|block/.test(at.type)) return false;
  }
  return false;
}

/** A plain comparison has its own opposite already. */
function otherCondition(node: SyntaxNode, text: string, dialect: Dialect): Found | undefined {
  const condition = childOf(node, 'condition');
  if (!condition) return undefined;
  const inner =
    condition.type === 'parenthesized_expression'
      ? (condition.children.find((child) => child.named) ?? condition)
      : condition;
  if (dialect.binary.has(inner.type)) return undefined;
  const span = { start: condition.start, end: condition.end };
  return { kind: 'condition', span, text: dialect.negated(textOf(condition, text)) };
}

/** A call or an assignment that is left out; not what only tells people, and not what stands for a doc. */
function dropped(node: SyntaxNode, text: string, dialect: Dialect): Found | undefined {
  const inner = node.children.find((child) => child.named && child.type !== 'comment');
  if (!inner || !/^(?:call|call_expression|assignment|assignment_expression)$/.test(inner.type))
    return undefined;
  const written = textOf(inner, text);
  if (quiet.test(written) || /^(?:super\b|self\.\w+\s*:)/.test(written)) return undefined;
  // Without its first assignment a name of Python's is not there at all: that every test notices.
  if (inner.type === 'assignment' && !/^[\w.]+[.[]/.test(written)) return undefined;
  if (above(node, loops) !== undefined && inner.type !== 'call' && inner.type !== 'call_expression')
    return undefined;
  return { kind: 'statement', span: { start: node.start, end: node.end }, text: dialect.empty };
}
