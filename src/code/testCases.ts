import type { TestCase } from './code.ts';
import type { Language, Test } from './language.ts';
import { Lines } from './lines.ts';
import { type SyntaxNode, walk } from './node.ts';

/** The test cases of a file; a name holds those of its groups: `parse > empty text > gives nothing`. */
export function testCasesOf(root: SyntaxNode, text: string, language: Language): readonly TestCase[] {
  const asserting = assertingFunctions(root, text, language);
  const tests = new Map<SyntaxNode, Test>();
  const cases: TestCase[] = [];
  const lines = new Lines(text);
  for (const node of walk(root)) {
    const test = language.test(node, text);
    if (test === undefined) continue;
    tests.set(node, test);
    if (test.kind === 'group') continue;
    cases.push({
      name: nameOf(node, tests),
      line: lines.numberAt(node.start),
      span: { start: node.start, end: node.end },
      asserts:
        test.asserts === true ||
        (test.runs !== undefined && asserting.has(test.runs)) ||
        (test.body !== undefined && assertsIn(test.body, text, language, asserting)),
    });
  }
  return cases;
}

function nameOf(node: SyntaxNode, tests: ReadonlyMap<SyntaxNode, Test>): string {
  const names: string[] = [];
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    const test = tests.get(at);
    if (test !== undefined) names.unshift(test.name);
  }
  return names.join(' > ');
}

function assertsIn(
  body: SyntaxNode,
  text: string,
  language: Language,
  asserting: ReadonlySet<string>,
): boolean {
  for (const node of walk(body)) {
    if (language.asserts(node, text)) return true;
    if (language.called(node, text).some((name) => asserting.has(name))) return true;
  }
  return false;
}

/** Functions of the file itself that assert, or call one that does: a test may leave asserting to them. */
function assertingFunctions(root: SyntaxNode, text: string, language: Language): ReadonlySet<string> {
  const bodies = new Map<string, SyntaxNode>();
  for (const node of walk(root)) {
    if (language.test(node, text) !== undefined) continue;
    const declared = language.declaration(node, text);
    const body = declared?.body;
    if (declared === undefined || body === undefined || declared.kind === 'class') continue;
    if (!bodies.has(declared.name)) bodies.set(declared.name, body);
  }
  const asserting = new Set<string>();
  for (let before = -1; before !== asserting.size; ) {
    before = asserting.size;
    for (const [name, body] of bodies)
      if (!asserting.has(name) && assertsIn(body, text, language, asserting)) asserting.add(name);
  }
  return asserting;
}
