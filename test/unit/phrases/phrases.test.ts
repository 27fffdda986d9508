import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { createPhrases } from '../../../src/phrases/phrases.ts';
import type { Progress, ProgressCodes } from '../../../src/vocabulary/event.ts';
import type { Failure, FailureCodes } from '../../../src/vocabulary/failure.ts';
import type { Reason, ReasonCodes } from '../../../src/vocabulary/reason.ts';
import type { Finding, FindingCodes } from '../../../src/vocabulary/verdict.ts';

const phrases = createPhrases();
const model = 'llama3.2:3b';

const reasons: { readonly [Code in keyof ReasonCodes]: ReasonCodes[Code] } = {
  offline: { model },
  modeLocalOnly: {},
  modeClaudeOnly: {},
  protectedPath: { path: '**/.env', boundary: 'cloud' },
  protectedSecret: { kind: 'github', boundary: 'network' },
  protectedLines: { path: '**/.env', boundary: 'cloud' },
  protectedMark: { boundary: 'cloud' },
  scanTimeout: { boundary: 'cloud' },
  noChat: { model },
  noTools: { model },
  toolsNotProven: { model },
  noImages: { model },
  contextTooLong: { model, needed: 9000, window: 4096 },
  providerUnreachable: { provider: 'Ollama' },
  providerFailing: { provider: 'Ollama' },
  noKey: {},
  noLocalModel: {},
  doesNotFitMemory: { model, bytes: 40_000_000_000 },
  cloudBehindOllama: { model },
  tierNotAllowed: { tier: 'opus' },
  notPinned: { model },
  budgetSpent: { period: 'month', limitUsd: 20 },
  budgetUnknown: {},
  noPrice: { model },
  tooSlow: { model, tokensPerSecond: 9 },
  wordRoute: { route: 'claude' },
  wordModel: { model },
  wordModelNearest: { asked: 'llama 7b', model },
  taskByCommand: { task: 'tests' },
  taskByContext: { task: 'fix', because: 'diagnostics' },
  taskByRule: { task: 'tests', rule: 'write tests' },
  taskByText: { task: 'tests', probability: 0.93 },
  taskUnsure: { task: 'chat' },
  routineTask: { task: 'tests' },
  strategicTask: { task: 'architecture' },
  roleOfModel: { model, task: 'prose' },
  loaded: { model },
  fasterHere: { model, tokensPerSecond: 40.25 },
  onlyOneLeft: { model },
  toolsNeedClaude: {},
  fallbackToClaude: {},
  fallbackToLocal: {},
  sticky: { model },
  modelDenied: { model },
  modelNotAllowed: { model },
  originNotAllowed: { model, origin: 'Meta' },
  chatNotProven: { model },
  goodEnough: { model, task: 'tests', bound: 0.71, bar: 0.62 },
  notGoodEnough: { model, task: 'tests', bound: 0.41, bar: 0.62 },
  newToTask: { model, task: 'tests' },
  impatient: { model, seconds: 48, patience: 15 },
  taskSetTo: { task: 'tests', route: 'local' },
  busy: { model },
  warmCache: { tokens: 12_000 },
  stuckInLoop: { model },
  handedOver: { from: model, to: 'claude-sonnet-5-5', failure: 'engineCrashed' },
  unsure: { model: 'llama3.2:3b', bad: 0.9 },
  checkFailed: { model, finding: 'It does not parse.' },
};
const host = '127.0.0.1:11434';
const failures: { readonly [Code in keyof FailureCodes]?: FailureCodes[Code] } = {
  nothingLeft: { because: [{ code: 'noKey', params: {} }] },
  nothingSetUp: {},
  noModelsInstalled: { host },
  pinnedModelMissing: { model, installed: ['qwen2.5-coder:7b'] },
  ollamaUnreachable: { host },
  notOllama: { host },
  redirectRefused: { host },
  modelMissing: { model },
  modelLoadFailed: { model, detail: 'out of memory' },
  modelLacks: { model, capability: 'tools' },
  queueFull: { model },
  contextTooLong: { model, needed: 9000, window: 4096 },
  engineCrashed: { model },
  cut: { model },
  stalled: { model, seconds: 60 },
  noKey: {},
  badKey: {},
  outOfCredit: {},
  spendLimit: {},
  rateLimited: { retryAfterSeconds: 7.2 },
  overloaded: { model },
  refused: { model },
  claudeUnreachable: { host },
  modelNotAvailable: { model },
  tooLarge: { model },
  badRequest: { provider: 'Claude', detail: 'bad' },
  serverError: { provider: 'Ollama', status: 500 },
  answerCut: { model },
  emptyAnswer: { model },
  runsInCircles: { model },
  nothingSelected: { languageId: 'cobol' },
  nothingToWorkOn: { task: 'document' },
  fileTooLarge: { bytes: 5_000_000, limit: 1_048_576 },
  binaryFile: { name: 'a.bin' },
  readOnlyFile: { name: 'a.ts' },
  fileChanged: { name: 'a.ts' },
  noFolder: { task: 'tests' },
  virtualWorkspace: { task: 'tests' },
  noRepository: {},
  nothingChanged: { name: 'project' },
  untrustedFolder: {},
  gitFailed: { detail: 'ENOENT' },
  checkFailed: { findings: [{ code: 'doesNotParse', params: { line: 3 } }] },
  notExported: { name: 'a' },
  testFrameworkUnknown: { framework: 'ava' },
  ledgerNewer: { found: 3, known: 2 },
  noPermit: { reason: { code: 'protectedMark', params: { boundary: 'cloud' } } },
  budgetNear: { period: 'day', usedUsd: 1.6, limitUsd: 2 },
  ledgerUnavailable: { detail: 'disk full' },
  ledgerSetAside: { file: 'ledger.damaged' },
  unexpected: { detail: 'x' },
};
const findings: { readonly [Code in keyof FindingCodes]?: FindingCodes[Code] } = {
  parses: {},
  sameProgram: {},
  callsTarget: { name: 'add' },
  asserts: { tests: 2 },
  paramsDocumented: { count: 1 },
  noCode: {},
  doesNotParse: { line: 3 },
  programChanged: { line: 3 },
  notAComment: {},
  paramUnknown: { name: 'x' },
  paramMissing: { name: 'y' },
  placeholder: { text: 'your code here' },
  targetNotCalled: { name: 'add' },
  nothingAsserted: { test: 'adds' },
  noTests: {},
  duplicateTest: { name: 'adds' },
  emptyAnswer: {},
  frameworkAssumed: { framework: 'vitest' },
  undefinedName: { name: 'x' },
  repeats: {},
  refusal: {},
  cutShort: {},
  breaksExistingTests: { line: 3 },
  noGrammar: { languageId: 'cobol' },
  tooLargeToParse: { bytes: 2_000_000 },
  verifierFailed: { detail: 'x' },
  fileHadErrors: { line: 3 },
  nothingToCheck: {},
};
const progresses: { readonly [Code in keyof ProgressCodes]?: ProgressCodes[Code] } = {
  loading: { model: 'qwen2.5-coder:7b', bytes: 4_683_073_184 },
  queued: { model },
  asking: { model },
  writing: { model, tokens: 7 },
  checking: {
    found: [
      { code: 'parses', params: {} },
      { code: 'callsTarget', params: { name: 'parseDate' } },
      { code: 'testsPass', params: { tests: 6 } },
    ],
    doing: 'faults',
  },
  retrying: { model },
  handedOver: { from: model, to: 'claude' },
  askingAfterCheck: { to: 'claude' },
};

function coded<Value>(samples: object): readonly Value[] {
  return Object.entries(samples).map(([code, params]) => ({ code, params }) as Value);
}

/** A sentence as it is shown: ended, on one line, every placeholder filled. */
function isSentence(text: string): void {
  assert.match(text, /[.!?:]$|: .+$/, text);
  assert.doesNotMatch(text, /[{}\n]|undefined|NaN|\[object/, text);
  assert.ok(text.length > 8 && text.length < 240, text);
}

describe('a code becomes a sentence', () => {
  for (const reason of coded<Reason>(reasons))
    test(`reason ${reason.code}`, () => isSentence(phrases.reason(reason)));
  for (const failure of coded<Failure>(failures))
    test(`failure ${failure.code}, with a next step`, () => {
      const words = phrases.failure(failure);
      isSentence(words.text);
      isSentence(words.next);
    });
  for (const finding of coded<Finding>(findings))
    test(`finding ${finding.code}`, () => isSentence(phrases.finding(finding)));
  for (const progress of coded<Progress>(progresses))
    test(`progress ${progress.code}`, () => {
      const line = phrases.progress(progress);
      assert.ok(line.length > 4 && !line.endsWith('.'), line);
      assert.doesNotMatch(line, /[{}\n]|undefined/);
    });
});

test('the sentences that the developer meets first read as they should', () => {
  assert.deepEqual(phrases.failure({ code: 'ollamaUnreachable', params: { host } }), {
    text: 'Ollama does not answer at 127.0.0.1:11434.',
    next: 'Start Ollama, or set maia.ollama.host.',
  });
  assert.equal(
    phrases.progress({ code: 'loading', params: { model: 'qwen2.5-coder:7b', bytes: 4_683_073_184 } }),
    'Loading qwen2.5-coder:7b, 4.7 GB',
  );
});

test('a verdict says what was found, and never "checked" of what was not', () => {
  assert.equal(
    phrases.verdict({ kind: 'passed', findings: [{ code: 'parses', params: {} }] }),
    'Checked: It parses.',
  );
  assert.equal(
    phrases.verdict({ kind: 'failed', findings: [{ code: 'doesNotParse', params: { line: 3 } }] }),
    'Check failed: It does not parse (line 3).',
  );
  assert.match(phrases.verdict({ kind: 'notChecked', findings: [] }), /^Not checked/);
});

test('what stops a request names the way out that fits it', () => {
  const next = (because: readonly Reason[]) =>
    phrases.failure({ code: 'nothingLeft', params: { because } }).next;
  assert.match(next([{ code: 'providerUnreachable', params: { provider: 'Ollama' } }]), /Start Ollama/);
  assert.match(next([{ code: 'protectedMark', params: { boundary: 'cloud' } }]), /local model/);
  assert.match(next([{ code: 'modeLocalOnly', params: {} }]), /mode/);
});

test('names from outside lose line ends and controls on their way into a sentence', () => {
  const text = phrases.reason({ code: 'noTools', params: { model: 'evil\u001b[2J\n\u202emodel{0}' } });
  assert.equal(text, 'evil modelx cannot call tools.'.replace('x', '{0}'));
});

test('sentences come in the language that was configured', () => {
  after(() => l10n.config({ contents: {} }));
  l10n.config({ contents: { 'There is no key for Claude.': 'Für Claude fehlt ein Schlüssel.' } });
  assert.equal(phrases.reason({ code: 'noKey', params: {} }), 'Für Claude fehlt ein Schlüssel.');
});

test('a pattern of which the ledger kept a hash alone is not shown as one', () => {
  const sentence = (path: string) =>
    phrases.reason({ code: 'protectedPath', params: { path, boundary: 'cloud' } });
  assert.match(sentence('#1a2b3c4d'), /one of your patterns/);
  assert.match(sentence('**/.env'), /\*\*\/\.env/);
});
