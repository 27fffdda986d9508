import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { ProbeKind } from '../vocabulary/probe.ts';
import { abortOn } from './abortOn.ts';
import { registerCommand, showFailure } from './commands.ts';
import { said } from './practice.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

/** What Maia found out about local models: testing it anew, and forgetting it. */
export function registerLearnedCommands(parts: SurfaceParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('maia.probeModel', parts, () => probeModel(parts)),
    registerCommand('maia.forgetLessons', parts, () => forgetLessons(parts)),
  );
}

async function probeModel(parts: SurfaceParts): Promise<void> {
  const engine = await parts.engine();
  const name = await pickLocalModel(engine);
  if (name === undefined) return;
  const kind = await pickKind();
  if (!kind) return;
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: said(vscode.l10n.t('Testing {0}', name), parts.practice),
      cancellable: true,
    },
    async (progress, token) => {
      const cancel = abortOn(token);
      try {
        await follow(engine, { name, kind, parts, progress, signal: cancel.signal });
      } catch (error) {
        if (!cancel.signal.aborted) throw error;
      } finally {
        cancel.dispose();
      }
    },
  );
}

async function pickLocalModel(engine: Engine): Promise<string | undefined> {
  const local = engine.health().candidates.filter(({ model }) => model.route === 'local');
  if (local.length === 0) {
    const none = vscode.l10n.t('No local model is there to be tested.');
    vscode.window.showInformationMessage(none, ...buttonsFor(none));
    return undefined;
  }
  const items = local.map(({ model, toolsProven }) => ({
    label: model.id.name,
    description: toolsProven ? vscode.l10n.t('calls tools') : undefined,
  }));
  const title = vscode.l10n.t('Maia: Which model?');
  return (await vscode.window.showQuickPick(items, { title }))?.label;
}

async function pickKind(): Promise<ProbeKind | undefined> {
  const items: (vscode.QuickPickItem & { readonly probe: ProbeKind })[] = [
    {
      label: vscode.l10n.t('Whether it calls tools'),
      detail: vscode.l10n.t('Five short questions. Only a model that passes is given tools.'),
      probe: 'tools',
    },
    {
      label: vscode.l10n.t('Whether it follows a chat'),
      detail: vscode.l10n.t('Three short questions. A model that fails is not asked any more.'),
      probe: 'chat',
    },
  ];
  const title = vscode.l10n.t('Maia: What to test?');
  return (await vscode.window.showQuickPick(items, { title }))?.probe;
}

interface Probing {
  readonly name: string;
  readonly kind: ProbeKind;
  readonly parts: SurfaceParts;
  readonly progress: vscode.Progress<{ message?: string }>;
  readonly signal: AbortSignal;
}

async function follow(engine: Engine, { name, kind, parts, progress, signal }: Probing): Promise<void> {
  const { probeSentence, probeStepName } = await import('../phrases/probes.ts');
  for await (const event of engine.probe(name, kind, signal)) {
    if (event.type === 'waiting')
      progress.report({ message: vscode.l10n.t('Waiting until no request is answered…') });
    else if (event.type === 'loading') progress.report({ message: vscode.l10n.t('Loading…') });
    else if (event.type === 'asking')
      progress.report({
        message: vscode.l10n.t('{0} of {1}: {2}', event.at, event.of, probeStepName(event.step)),
      });
    else if (!event.result.ok) showFailure(parts, event.result.failure);
    else {
      const sentence = said(probeSentence(event.result.value), parts.practice);
      parts.log.info(`Tested ${kind} of ${name}: ${event.result.value.passed ? 'passed' : 'failed'}`);
      // Not waited for: the progress ends when the test does, not when the user has read of it.
      void vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
    }
  }
}

async function forgetLessons(parts: SurfaceParts): Promise<void> {
  const engine = await parts.engine();
  const models = [...new Set((await engine.lessons()).map(({ model }) => model.name))].sort();
  if (models.length === 0) {
    vscode.window.showInformationMessage(vscode.l10n.t('Nothing was learned yet.'));
    return;
  }
  const all = vscode.l10n.t('All models');
  const items = [{ label: all }, ...models.map((label) => ({ label }))];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Maia: Forget what was learned of…'),
  });
  if (!picked) return;
  const model = picked.label === all ? undefined : picked.label;
  const forget = vscode.l10n.t('Forget');
  const question = model
    ? vscode.l10n.t('Forget what was learned of {0} on this machine?', model)
    : vscode.l10n.t('Forget all that was learned of models on this machine?');
  const detail = vscode.l10n.t(
    'Maia then judges by its catalogue again and learns anew. Requests and savings stay in the account.',
  );
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, forget)) !== forget) return;
  await engine.forgetLessons(model === undefined ? {} : { model });
  vscode.window.setStatusBarMessage(vscode.l10n.t('Forgotten.'), 3000);
}
