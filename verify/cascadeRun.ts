import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestOf } from '../src/cli/checkAnswer.ts';
import { assembleEngine } from '../src/engine/assembleEngine.ts';
import { sourcePrograms } from '../src/engine/programs.ts';
import { systemClock } from '../src/platform/node/systemClock.ts';
import { policyOf } from '../src/platform/policyOf.ts';
import type { Attempt, Outcome } from '../src/vocabulary/attempt.ts';
import type { ProjectFiles } from '../src/vocabulary/ports.ts';
import type { SettingName } from '../src/vocabulary/settings.ts';
import { startAnthropic } from '../test/servers/anthropic.ts';
import { startOllama } from '../test/servers/ollama.ts';
import type { Question } from './cascadeQuestions.ts';
import { shuffled } from './cascadeQuestions.ts';
import { squeezed } from './case.ts';
import { random } from './confidence.ts';

/** Who answers, and how well. */
export interface Setup {
  /** 0..1, how many first answers of the local model are spoilt. */
  readonly badShare: number;
  /** 0..1, how many first answers of Claude are right. */
  readonly claudeRight: number;
  /** The local model answers rightly once it is told what its check found; else it is wrong again. */
  readonly mends: boolean;
  readonly settings: Partial<Record<SettingName, unknown>>;
  readonly seed: number;
}

/** What came of one question. */
export interface Played {
  /** The answer that was shown is a right one, or was put right. */
  readonly good: boolean;
  /** Its check had failed, and it was shown so. */
  readonly marked: boolean;
  readonly answered: boolean;
  readonly firstLocal: boolean;
  /** Whether the first answer of the local model was right, where it was asked first. */
  readonly firstRight: boolean;
  readonly escalated: boolean;
  readonly repaired: boolean;
  /** Simulated seconds, of all attempts and of the first. */
  readonly seconds: number;
  readonly firstSeconds: number;
}

export interface Cell {
  readonly played: readonly Played[];
  /** USD, as the ledger sums it up. */
  readonly usd: number;
}

/** Speeds that times are reckoned with from the tokens of each attempt: a laptop's 7B model, and Claude over a network. */
export const speeds = {
  localPromptTokensPerSecond: 400,
  localTokensPerSecond: 40,
  claudeFirstSeconds: 1.2,
  claudeTokensPerSecond: 75,
} as const;

const never = new AbortController().signal;

/** The engine as it ships, on wire-true servers and a fresh ledger, asked all questions one after the other. */
export async function playCell(
  questions: readonly Question[],
  setup: Setup,
  files: ProjectFiles,
): Promise<Cell> {
  const next = random(setup.seed);
  const bad = new Set(
    shuffled([...questions.keys()], next).slice(0, Math.round(setup.badShare * questions.length)),
  );
  const claudeWrong = new Set(
    shuffled([...questions.keys()], next).slice(0, Math.round((1 - setup.claudeRight) * questions.length)),
  );
  let at = 0;
  let given: { readonly by: 'local' | 'claude'; readonly right: boolean }[] = [];
  const says = (by: 'local' | 'claude') => () => {
    const question = questions[at] as Question;
    const times = given.filter((one) => one.by === by).length;
    const right =
      by === 'claude' ? times > 0 || !claudeWrong.has(at) : times > 0 ? setup.mends : !bad.has(at);
    given.push({ by, right });
    return right ? question.right : question.spoilt[times % question.spoilt.length];
  };
  const ollama = await startOllama({
    models: [{ name: 'qwen2.5-coder:7b', contextLength: 131_072 }],
    contextLength: 65_536,
    says: says('local'),
  });
  const claude = await startAnthropic({ says: says('claude') });
  const home = await mkdtemp(join(tmpdir(), 'maia-cascade-'));
  const settings: Partial<Record<SettingName, unknown>> = {
    'maia.ollama.host': ollama.url,
    'maia.claude.baseUrl': claude.url,
    // Patience is about a machine's own speed, which this run does not have.
    'maia.patience.held': 600,
    ...setup.settings,
  };
  const engine = assembleEngine({
    home,
    practice: false,
    programs: sourcePrograms(),
    policy: {
      current: () => policyOf((name) => ({ user: settings[name] }), {}),
      onDidChange: () => ({ dispose: () => undefined }),
    },
    secrets: { claudeKey: async () => claude.key, onDidChange: () => ({ dispose: () => undefined }) },
    network: { online: () => true },
    clock: systemClock,
    files,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    cloudFetch: fetch,
    machineMemoryBytes: 64 * 2 ** 30,
  });
  const played: Played[] = [];
  try {
    await engine.checkHealth(never);
    for (; at < questions.length; at += 1) {
      given = [];
      const question = questions[at] as Question;
      const request = { ...requestOf(question.asked), id: `question-${at}` };
      let outcome: Outcome | undefined;
      for await (const event of engine.run(request, never))
        if (event.type === 'finished') outcome = event.outcome;
      if (outcome) played.push(judgedOf(question, outcome, given));
    }
    const { paid } = await engine.summary('all');
    return { played, usd: paid.high };
  } finally {
    await engine.dispose();
    await Promise.all([ollama.close(), claude.close()]);
    await rm(home, { recursive: true, force: true });
  }
}

function judgedOf(
  { good }: Question,
  { attempts, answeredBy, end, proposal, verdict }: Outcome,
  given: readonly { readonly by: string; readonly right: boolean }[],
): Played {
  const answered = end === 'answered' && answeredBy !== undefined;
  const putRight =
    good !== undefined && proposal !== undefined && squeezed(proposal.after) === squeezed(good);
  const local = attempts.filter(({ route }) => route === 'local').length;
  const firstLocal = attempts[0]?.route === 'local';
  return {
    good: answered && (given[answeredBy]?.right === true || putRight),
    marked: answered && verdict?.kind !== 'passed',
    answered,
    firstLocal,
    firstRight: firstLocal && given[0]?.right === true,
    escalated: firstLocal && attempts.some(({ route }) => route === 'claude'),
    repaired: local > 1,
    seconds: attempts.reduce((sum, one) => sum + secondsOf(one), 0),
    firstSeconds: attempts[0] ? secondsOf(attempts[0]) : 0,
  };
}

function secondsOf({ route, usage }: Attempt): number {
  if (!usage) return 0;
  if (route !== 'local') return speeds.claudeFirstSeconds + usage.outputTokens / speeds.claudeTokensPerSecond;
  return (
    usage.inputTokens / speeds.localPromptTokensPerSecond + usage.outputTokens / speeds.localTokensPerSecond
  );
}
