import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { Considered } from '../vocabulary/decision.ts';
import type { DeveloperWord, Request } from '../vocabulary/request.ts';

const patienceMs = 10_000;

interface Choice extends vscode.QuickPickItem {
  readonly word: DeveloperWord;
}

/**
 * Lets the developer choose among the models that may take a request, by the same rules as ever; without the one that
 * has answered. Undefined where nothing was chosen, or nobody else is left.
 */
export async function chooseOtherModel(
  request: Request,
  answered: string | undefined,
  engine: Engine,
): Promise<DeveloperWord | undefined> {
  const { word: _word, ...asked } = request;
  const decided = await engine.decide({ ...asked, id: randomUUID() }, AbortSignal.timeout(patienceMs));
  const left = decided.ok ? decided.value.considered.filter(({ removedBy }) => !removedBy) : [];
  const others = left.filter(({ model }) => model.name !== answered).map(choiceOf);
  if (others.length === 0) {
    const sentence = vscode.l10n.t('No other model may take this. Pull one, or see /why for the rules.');
    void vscode.window.showInformationMessage(sentence, vscode.l10n.t('OK'));
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(others, {
    title: vscode.l10n.t('Other Model'),
    placeHolder: vscode.l10n.t('Who should answer?'),
  });
  return chosen?.word;
}

function choiceOf({ model, route, tier, time }: Considered): Choice {
  const seconds = time?.measured ? Math.max(1, Math.round(time.usefulMs / 1000)) : undefined;
  return {
    label: model.name,
    description: route === 'claude' ? vscode.l10n.t('Claude') : vscode.l10n.t('local'),
    ...(seconds === undefined ? {} : { detail: vscode.l10n.t('About {0} s', seconds) }),
    word:
      route === 'claude'
        ? { route: 'claude', said: 'command', ...(tier ? { tier } : {}) }
        : { model: model.name, said: 'command' },
  };
}
