import * as vscode from 'vscode';
import type { Health } from '../vocabulary/health.ts';
import { contextKeys } from './contributions.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** Tells the walkthrough that practice servers play both sides, where they do. */
export async function publishPractice({ practice }: Pick<SurfaceParts, 'practice'>): Promise<void> {
  await setContext(contextKeys.practice, practice);
}

/** Tells `when` clauses and the walkthrough whether Claude's key is there. */
export async function publishKeyState(parts: SurfaceParts): Promise<void> {
  await setContext(contextKeys.hasClaudeKey, (await parts.keys.claudeKey()) !== undefined);
}

/** Tells the walkthrough whether Ollama was found, and whether it has a model. */
export async function publishLocalState(health: Health): Promise<void> {
  const found = health.local !== 'unreachable' && health.local !== 'unknown';
  await setContext(contextKeys.localFound, found);
  await setContext(contextKeys.localReady, found && health.local !== 'noModels');
}

export async function withholdState(): Promise<void> {
  const { hasClaudeKey, localFound, localReady } = contextKeys;
  for (const key of [hasClaudeKey, localFound, localReady]) await setContext(key, false);
}

async function setContext(key: string, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
