import * as vscode from 'vscode';
import { readableBytes } from '../phrases/plainText.ts';
import { abortOn } from './abortOn.ts';
import { said } from './practice.ts';
import { firstChoice, fitsMemory, pullChoices } from './pullChoices.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

interface Choice extends vscode.QuickPickItem {
  readonly name?: string;
}

/** Lets the user choose a model that fits this machine, and pulls it with progress; cancelling keeps what came. */
export async function pullModel(parts: SurfaceParts, asked?: string): Promise<void> {
  const name = asked ?? (await choose(parts));
  if (!name) return;
  const engine = await parts.engine();
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: said(vscode.l10n.t('Pulling {0}', name), parts.practice),
      cancellable: true,
    },
    async (progress, token) => {
      const cancel = abortOn(token);
      let shown = 0;
      try {
        for await (const { status, completedBytes, totalBytes } of engine.pull(name, cancel.signal)) {
          if (completedBytes === undefined || !totalBytes) {
            progress.report({ message: status });
            continue;
          }
          const percent = (completedBytes / totalBytes) * 100;
          const message = vscode.l10n.t(
            '{0} of {1}',
            readableBytes(completedBytes),
            readableBytes(totalBytes),
          );
          progress.report({ message, increment: Math.max(0, percent - shown) });
          shown = Math.max(shown, percent);
        }
        vscode.window.showInformationMessage(said(vscode.l10n.t('{0} is ready.', name), parts.practice));
      } catch (error) {
        if (!cancel.signal.aborted) throw error;
        const sentence = vscode.l10n.t(
          'Stopped. What came is kept: pulling {0} again goes on from there.',
          name,
        );
        vscode.window.showInformationMessage(sentence, ...buttonsFor(sentence));
      } finally {
        cancel.dispose();
      }
    },
  );
}

async function choose(parts: SurfaceParts): Promise<string | undefined> {
  const health = (await parts.engine()).health();
  const memory = health.machineMemoryBytes;
  const installed = new Set(health.candidates.map((candidate) => candidate.model.id.name));
  const first = firstChoice(memory);
  const items: Choice[] = pullChoices
    .filter((choice) => !installed.has(choice.name))
    .map((choice) => {
      const fits = fitsMemory(choice.sizeBytes, memory);
      return {
        name: choice.name,
        label: choice.name,
        description: readableBytes(choice.sizeBytes),
        detail: detailOf(fits, choice.name === first?.name, memory),
        fits,
      };
    })
    .toSorted(
      (a, b) =>
        Number(b.name === first?.name) - Number(a.name === first?.name) || Number(b.fits) - Number(a.fits),
    );
  const other: Choice = { label: vscode.l10n.t('Another model…'), alwaysShow: true };
  const chosen = await vscode.window.showQuickPick([...items, other], {
    title: vscode.l10n.t('Pull a Local Model'),
    placeHolder:
      memory > 0 ? vscode.l10n.t('This machine has {0} of memory', readableBytes(memory)) : undefined,
  });
  if (chosen !== other) return chosen?.name;
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Pull a Local Model'),
    prompt: vscode.l10n.t("A name from Ollama's library, such as llama3.2:3b"),
    validateInput: (value) =>
      /^[\w.\-/:]*$/.test(value.trim())
        ? undefined
        : vscode.l10n.t('A name has letters, digits and . - / : only.'),
  });
}

function detailOf(fits: boolean, first: boolean, memory: number): string {
  if (!fits) return vscode.l10n.t('Likely too large for {0} of memory', readableBytes(memory));
  return first ? vscode.l10n.t('A good first choice for this machine') : vscode.l10n.t('Fits this machine');
}
