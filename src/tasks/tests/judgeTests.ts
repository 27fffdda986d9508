import type { TestCase } from '../../code/code.ts';
import type { Finding, Verdict } from '../../vocabulary/verdict.ts';
import { type CodeBlock, codeBlocks, mayBe } from '../answerCode.ts';
import { cleanAnswer, isLoop, uselessness } from '../answerText.ts';
import { fenced } from '../promptText.ts';
import type { Judge } from '../taskDefinition.ts';
import type { Judged, TaskTools } from '../tasks.ts';
import { failed, notChecked, notParsed } from '../verdicts.ts';
import { composeClass } from './classFile.ts';
import { composeFlat } from './flatFile.ts';
import { composeGo } from './goFile.ts';
import { composePhp } from './phpFile.ts';
import { composePython } from './pythonFile.ts';
import { runTests, type TestsToRun } from './run/runTests.ts';
import { composeRust } from './rustFile.ts';
import { composeScript } from './scriptFile.ts';
import type { Composed } from './testFile.ts';
import { frameworkNames } from './testSetup.ts';
import { testsFaults } from './testsFaults.ts';
import type { TestsPlan } from './testsPlan.ts';
import { testTypes } from './testTypes.ts';

type Compose = (plan: TestsPlan, code: string, tools: TaskTools, signal: AbortSignal) => Promise<Composed>;

function composerOf(languageId: string): Compose {
  if (languageId === 'python') return composePython;
  if (languageId === 'go') return composeGo;
  if (languageId === 'java' || languageId === 'csharp') return composeClass;
  if (languageId === 'rust') return composeRust;
  if (languageId === 'cpp' || languageId === 'ruby') return composeFlat;
  if (languageId === 'php') return composePhp;
  return composeScript;
}

/** Puts an answer's tests into their file and checks that they are tests of the function. */
export const judgeTests: Judge<TestsPlan> = async (plan, answer, tools, signal, standing) => {
  const useless = uselessness(answer);
  if (useless) return { verdict: failed(useless), text: answer };
  const blocks = testBlocks(answer, plan.languageId);
  if (blocks.length === 0) {
    const finding: Finding = { code: isLoop(cleanAnswer(answer)) ? 'repeats' : 'noCode', params: {} };
    return { verdict: failed(finding), text: answer };
  }
  const code = blocks.map((block) => block.text).join('\n\n');
  const composed = await composerOf(plan.languageId)(plan, code, tools, signal);
  const looked = await testsVerdict(
    plan,
    composed,
    blocks.every((block) => block.closed),
    tools,
    signal,
  );
  if (!('cases' in looked)) return judged(plan, composed, looked);
  for (const found of looked.findings) standing.tell?.({ found });
  const typed = await testTypes(plan, composed, looked.findings, tools, signal, standing);
  if (typed.kind === 'failed') return judged(plan, composed, typed);
  const good = { plan, composed, answer, ...looked, findings: typed.findings };
  const verdict = await runTests(good, tools, standing, signal);
  return judged(plan, composed, verdict);
};

/** Findings of an answer that would add nothing to a test file, or break it: there is nothing to accept. */
const worthless: ReadonlySet<Finding['code']> = new Set([
  'noTests',
  'placeholder',
  'duplicateTest',
  'doesNotParse',
  'cutShort',
  'breaksExistingTests',
]);

function judged(plan: TestsPlan, composed: Composed, verdict: Verdict): Judged {
  const { uri, path, existing: before, languageId } = plan;
  const text = fenced(composed.fresh, languageId);
  if (verdict.findings.some((finding) => worthless.has(finding.code))) return { verdict, text };
  return {
    verdict,
    text,
    proposal: { uri, path, before, after: composed.after, verdict, openBeside: true },
  };
}

const looksLikeTests: Readonly<Record<string, RegExp>> = {
  python: /^\s*(async )?def test|\bunittest\b|\bassert\b/m,
  go: /\bfunc\s+Test|\bt\.(Run|Error|Fatal)/,
  java: /@(Test|ParameterizedTest)\b|\bassert\w*\(/,
  rust: /#\[(?:\w+::)*test\b|#\[(?:rstest|cfg\(test\))/,
  cpp: /\bTEST(?:_F|_P)?\s*\(/,
  ruby: /\b(?:describe|it|specify)\b|^\s*def test_/m,
  php: /function\s+test|#\[Test\]|@test\b/i,
  csharp: /\[(Fact|Theory|Test|TestCase)\b|\bAssert\./,
};
const scriptTests = /\b(describe|it|test|suite)(\.\w+)*\(|\b(expect|assert)\b/;

/** The blocks with tests in them (an answer may give one block per test); all in the language where none looks so. */
function testBlocks(answer: string, languageId: string): CodeBlock[] {
  const blocks = codeBlocks(answer, languageId).filter((block) => mayBe(block, languageId));
  const pattern = looksLikeTests[languageId] ?? scriptTests;
  const tests = blocks.filter((block) => pattern.test(block.text));
  return tests.length > 0 ? tests : blocks;
}

/** Dots in place of a value, as the prompt's own shape has them; Python would even run them. */
const unfilled = /(?:[(,=]\s*|\breturn )\.\.\.\s*(?=[),;]|$)/m;

/** Tests whose syntax trees have nothing against them. */
type Sound = Pick<TestsToRun, 'cases' | 'names' | 'findings'>;

/** First what makes it no test file at all, then what makes it a bad one. */
async function testsVerdict(
  plan: TestsPlan,
  composed: Composed,
  whole: boolean,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Verdict | Sound> {
  const { languageId, unit, existing } = plan;
  const { code } = tools;
  const after = { languageId, text: composed.after };
  const fresh = { languageId, text: composed.fresh };
  if (unfilled.test(composed.fresh)) return failed({ code: 'placeholder', params: { text: '...' } });
  const parsed = await code.parse(after, signal);
  if (!parsed.ok) return notParsed(languageId, composed.after, parsed.problem);
  if (existing !== undefined) {
    const before = await code.parse({ languageId, text: existing }, signal);
    const line = before.ok ? before.value.errorLines[0] : undefined;
    if (line !== undefined) return notChecked({ code: 'fileHadErrors', params: { line } });
  }
  const line = parsed.value.errorLines[0];
  if (line !== undefined) {
    return failed(whole ? { code: 'doesNotParse', params: { line } } : { code: 'cutShort', params: {} });
  }
  if (!whole) return failed({ code: 'cutShort', params: {} });
  if (composed.fault) return failed(composed.fault);
  const cases = await code.testCases(fresh, signal);
  const called = await code.calledNames(fresh, signal);
  const all = await code.testCases(after, signal);
  const old =
    existing === undefined ? undefined : await code.testCases({ languageId, text: existing }, signal);
  if (!cases.ok || !called.ok || !all.ok || (old && !old.ok)) {
    return notChecked({ code: 'verifierFailed', params: { detail: 'parser' } });
  }
  if (cases.value.length === 0) return failed({ code: 'noTests', params: {} });
  const lost = old?.ok ? lostCase(old.value, all.value) : undefined;
  if (lost) return failed({ code: 'breaksExistingTests', params: { line: lost.line } });
  if (!calls(plan, called.value, composed.fresh)) {
    return failed({ code: 'targetNotCalled', params: { name: unit.name } });
  }
  const faults = await testsFaults(plan, composed, cases.value, tools, signal);
  if (faults.length > 0) return failed(...faults);
  const idle = cases.value.filter((one) => !one.asserts);
  if (idle.length > 0) {
    return failed(...idle.map((one): Finding => ({ code: 'nothingAsserted', params: { test: one.name } })));
  }
  const names = (old?.ok ? old.value : []).map(({ name }) => name);
  return {
    cases: cases.value,
    names: { fresh: added(names, all.value), old: names },
    findings: [
      { code: 'parses', params: {} },
      { code: 'callsTarget', params: { name: unit.name } },
      { code: 'asserts', params: { tests: cases.value.length } },
      ...(plan.assumed
        ? [{ code: 'frameworkAssumed', params: { framework: frameworkNames[plan.framework] } } as const]
        : []),
    ],
  };
}

/** The names that are there now and were not. */
function added(before: readonly string[], now: readonly TestCase[]): string[] {
  const known = new Set(before);
  return now.map(({ name }) => name).filter((name) => !known.has(name));
}

/** A test that was there and is there no more. */
function lostCase(before: readonly TestCase[], after: readonly TestCase[]): TestCase | undefined {
  const left = new Map<string, number>();
  for (const one of after) left.set(one.name, (left.get(one.name) ?? 0) + 1);
  for (const one of before) {
    const count = left.get(one.name) ?? 0;
    if (count === 0) return one;
    left.set(one.name, count - 1);
  }
  return undefined;
}

/** A component is called by being an element, a constructor by its class's name. */
function calls(plan: TestsPlan, called: readonly string[], text: string): boolean {
  const { unit, subject } = plan;
  const names = new Set([
    unit.name,
    ...(/^(?:constructor|__init__|__construct)$/.test(unit.name) ? [subject.name] : []),
    ...(unit.name === 'initialize' ? ['new'] : []),
  ]);
  if (unit.kind !== 'method') names.add(subject.name);
  if (called.some((name) => names.has(name))) return true;
  if (aliases(text, unit.name).some((alias) => called.includes(alias))) return true;
  return /react$/.test(plan.languageId) && new RegExp(`<${unit.name}[\\s/>]`).test(text);
}

/** Other names that the function was imported under. */
function aliases(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`\\b${name.replace(/\$/g, '\\$')}(?: as |\\s*:\\s*)(\\w+)`, 'g'))].map(
    (one) => one[1] ?? '',
  );
}
