import * as vscode from 'vscode';
import type { Health } from '../vocabulary/health.ts';
import { contextKeys } from './contributions.ts';
import type { SurfaceParts } from './surfaceParts.ts';

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
  for (const key of Object.values(contextKeys)) await setContext(key, false);
}

async function setContext(key: string, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
