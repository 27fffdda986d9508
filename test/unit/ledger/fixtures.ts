import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type LedgerOptions, openLedger } from '../../../src/ledger/client.ts';
import type { Ledger, RequestRow } from '../../../src/ledger/ledger.ts';
import type { Account, Attempt, Outcome, Usage } from '../../../src/vocabulary/attempt.ts';
import type { Decision } from '../../../src/vocabulary/decision.ts';

export const workerUrl = new URL('../../../src/ledger/worker.ts', import.meta.url);
export const sonnet = 'claude-sonnet-5-5';

const opened = new WeakMap<TestContext, Ledger[]>();

/** A folder that is removed after the test, once the test's ledgers are closed. */
export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'maia-ledger-'));
  t.after(async () => {
    await Promise.all((opened.get(t) ?? []).map((ledger) => ledger.close()));
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export function ledgerIn(t: TestContext, folder: string, options: Partial<LedgerOptions> = {}): Ledger {
  const { limits, ...rest } = options;
  const ledger = openLedger({
    folder,
    practice: false,
    workerUrl,
    baselineModel: () => sonnet,
    // Nothing here depends on how quick the machine is.
    limits: { callMs: 60_000, busyMs: 10_000, closeMs: 30_000, ...limits },
    ...rest,
  });
  opened.set(t, [...(opened.get(t) ?? []), ledger]);
  t.after(() => ledger.close());
  return ledger;
}

export function usage(over: Partial<Usage> = {}): Usage {
  return {
    inputTokens: 1000,
    outputTokens: 100,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    cacheWrite1hTokens: 0,
    ...over,
  };
}

export function localAttempt(over: Partial<Attempt> = {}): Attempt {
  return {
    index: 0,
    model: { provider: 'ollama', name: 'llama3.2:3b' },
    route: 'local',
    boundary: 'machine',
    startedAt: Date.UTC(2026, 10, 23, 12),
    totalMs: 900,
    usage: usage(),
    end: 'complete',
    ...over,
  };
}

export function claudeAttempt(over: Partial<Attempt> = {}): Attempt {
  return localAttempt({
    model: { provider: 'claude', name: sonnet },
    route: 'claude',
    boundary: 'cloud',
    tier: 'sonnet',
    ...over,
  });
}

export function decision(requestId: string, over: Partial<Decision> = {}): Decision {
  return {
    requestId,
    classification: {
      task: 'explain',
      tasks: { explain: 1 },
      difficulty: 0.1,
      confidence: 0.9,
      reasons: [{ code: 'taskByCommand', params: { task: 'explain' } }],
    },
    route: 'local',
    model: { provider: 'ollama', name: 'llama3.2:3b' },
    confidence: 0.9,
    manual: false,
    protected: false,
    reasons: [{ code: 'routineTask', params: { task: 'explain' } }],
    chain: [{ provider: 'claude', name: sonnet }],
    considered: [],
    promptTokens: 1000,
    policyVersion: 'rules-1',
    ...over,
  };
}

export function requestRow(id: string, over: Partial<RequestRow> = {}): RequestRow {
  return {
    id,
    at: Date.UTC(2026, 10, 23, 12),
    surface: 'chat',
    decision: decision(id),
    features: {
      textCharacters: 20,
      contextCharacters: 400,
      contextItems: 1,
      languageId: 'typescript',
      command: true,
      tools: false,
      images: false,
      promptTokens: 1000,
    },
    ...over,
  };
}

export function outcome(requestId: string, account: Account, over: Partial<Outcome> = {}): Outcome {
  return {
    requestId,
    end: 'answered',
    attempts: [localAttempt()],
    answeredBy: 0,
    text: 'the answer',
    account,
    ...over,
  };
}
