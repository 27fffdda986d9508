import * as vscode from 'vscode';
import type { Failure } from '../vocabulary/failure.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import type { CommandId } from './commandTable.ts';
import { errorName } from './errorName.ts';
import { failureSentence } from './failureSentence.ts';
import { type Step, stepsFor } from './failureSteps.ts';
import { said } from './practice.ts';
import type { SurfaceParts } from './surfaceParts.ts';
import { buttonsFor } from './wholeNotice.ts';

/** Registers one of the table's commands. What it throws becomes a sentence, never a stack trace. */
export function registerCommand(
  id: CommandId,
  parts: SurfaceParts,
  run: (...args: readonly unknown[]) => Promise<unknown>,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => {
    try {
      return await run(...args);
    } catch (error) {
      if (error instanceof vscode.CancellationError) return undefined;
      parts.log.error(`${id}: ${errorName(error)}`);
      showFailure(parts, {
        code: 'unexpected',
        params: { detail: error instanceof Error ? error.message : '' },
      });
      return undefined;
    }
  });
}

/** Says a failure as one sentence with its next steps; does not wait for the user. */
export function showFailure(
  parts: SurfaceParts,
  failure: Failure,
  also?: {
    readonly verdict?: Verdict;
    readonly title: string;
    readonly run: () => Promise<void>;
    /** In place of the failure's own. */
    readonly steps?: readonly Step[];
  },
): void {
  void (async () => {
    const sentence = said(failureSentence(failure, await parts.phrases(), also?.verdict), parts.practice);
    const steps = also?.steps?.length ? also.steps : stepsFor(failure);
    const titles = [...(also ? [also.title] : []), ...steps.map((step) => step.title)];
    const chosen = await vscode.window.showWarningMessage(sentence, ...buttonsFor(sentence, titles));
    const step = steps.find((one) => one.title === chosen);
    if (step) await vscode.commands.executeCommand(step.command, ...(step.arguments ?? []));
    else if (chosen !== undefined) await also?.run();
  })();
}
