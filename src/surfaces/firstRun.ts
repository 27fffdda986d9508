import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import { readableBytes } from '../phrases/plainText.ts';
import type { Health } from '../vocabulary/health.ts';
import type { CommandId } from './commandTable.ts';
import { type FirstRunState, firstRunState, smallMachineModel } from './firstRunState.ts';
import { askAboutEnvironmentKey } from './keyCommands.ts';
import { firstChoice } from './pullChoices.ts';
import { smallMachineSentence } from './smallMachine.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

/** Says what a fresh installation finds, each thing once, one at a time. */
export async function firstRun(parts: SurfaceParts, engine: Engine, signal: AbortSignal): Promise<void> {
  if (parts.practice) {
    await once(parts, 'practice', () => sayPractice());
    return;
  }
  await askAboutEnvironmentKey(parts);
  const health = engine.health().local === 'unknown' ? await engine.checkHealth(signal) : engine.health();
  const state = firstRunState(health);
  if (state && !signal.aborted) await once(parts, state, () => sayState(parts, state, health));
  await once(parts, 'copilot', () => sayCopilot());
  if (state === 'localOnly' || state === 'complete') await saySmallMachine(parts, engine, health, signal);
}

/** @returns whether something was said; only then it counts as said */
async function once(parts: SurfaceParts, what: string, say: () => Promise<boolean>): Promise<void> {
  const key = `maia.said.${what}`;
  if (parts.context.globalState.get(key) === true) return;
  if (await say()) await parts.context.globalState.update(key, true);
}

interface Offer {
  readonly title: string;
  readonly command: CommandId;
  readonly argument?: string;
}

async function sayState(parts: SurfaceParts, state: FirstRunState, health: Health): Promise<boolean> {
  const { sentence, offers } = wordsFor(state, health);
  if (sentence === '') return false;
  // Not waited for: a notification may stand for hours, and it was said when it was shown.
  void vscode.window
    .showInformationMessage(sentence, ...offers.map((offer) => offer.title))
    .then(async (chosen) => {
      const offer = offers.find((one) => one.title === chosen);
      if (offer) await vscode.commands.executeCommand(offer.command, offer.argument);
    });
  parts.log.info(`First run: ${state}`);
  return true;
}

function wordsFor(
  state: FirstRunState,
  health: Health,
): { readonly sentence: string; readonly offers: readonly Offer[] } {
  const setKey: Offer = { title: vscode.l10n.t('Set Key'), command: 'maia.setClaudeKey' };
  const begin: Offer = { title: vscode.l10n.t('Get Started'), command: 'maia.openWalkthrough' };
  if (state === 'nothing')
    return {
      sentence: vscode.l10n.t(
        'Maia can begin in two ways: with a model on your machine (Ollama), or with a key for Claude.',
      ),
      offers: [begin, setKey],
    };
  if (state === 'localOnly')
    return {
      sentence: vscode.l10n.t(
        'Maia answers from your machine alone. With a key it can ask Claude for hard work.',
      ),
      offers: [setKey],
    };
  if (state === 'claudeOnly')
    return {
      sentence: vscode.l10n.t(
        'Maia asks Claude alone, since Ollama was not found. With Ollama, routine work costs nothing.',
      ),
      offers: [begin],
    };
  if (state === 'noModels') return noModels(health);
  return { sentence: '', offers: [] };
}

function noModels(health: Health): { readonly sentence: string; readonly offers: readonly Offer[] } {
  const other: Offer = { title: vscode.l10n.t('Choose Another'), command: 'maia.pullModel' };
  const first = firstChoice(health.machineMemoryBytes);
  if (!first) return { sentence: vscode.l10n.t('Ollama is here and has no model yet.'), offers: [other] };
  return {
    sentence: vscode.l10n.t(
      'Ollama is here and has no model yet. {0} ({1}) fits this machine.',
      first.name,
      readableBytes(first.sizeBytes),
    ),
    offers: [
      { title: vscode.l10n.t('Pull {0}', first.name), command: 'maia.pullModel', argument: first.name },
      other,
    ],
  };
}

async function saySmallMachine(
  parts: SurfaceParts,
  engine: Engine,
  health: Health,
  signal: AbortSignal,
): Promise<void> {
  const model = smallMachineModel(health);
  if (!model) return;
  await once(parts, 'smallMachine', async () => {
    const sentence = await smallMachineSentence(model, engine, signal);
    if (!sentence) return false;
    void vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
    return true;
  });
}

async function sayPractice(): Promise<boolean> {
  const begin = vscode.l10n.t('Get Started');
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t(
        'This is practice: practice servers play Ollama and Claude. Nothing is sent, nothing is paid.',
      ),
      begin,
    )
    .then((chosen) => {
      if (chosen === begin) void vscode.commands.executeCommand('maia.openWalkthrough' satisfies CommandId);
    });
  return true;
}

/** A signed-in Copilot titles new chats itself, with the chat's first prompt. */
async function sayCopilot(): Promise<boolean> {
  const models = await vscode.lm.selectChatModels({ vendor: 'copilot' });
  if (models.length === 0) return false;
  const settings = vscode.l10n.t('Open Setting');
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t(
        "The editor may send a chat's first prompt to Copilot for a title, whoever answers it. The setting chat.utilitySmallModel names the model that does this.",
      ),
      settings,
    )
    .then((chosen) => {
      if (chosen === settings)
        void vscode.commands.executeCommand('workbench.action.openSettings', 'chat.utilitySmallModel');
    });
  return true;
}
