import * as vscode from 'vscode';
import { publishKeyState, publishLocalState, withholdState } from './contextState.ts';
import { walkthrough } from './contributions.ts';
import type { SurfaceParts } from './surfaceParts.ts';

const registersWithinMs = 700;

/**
 * Opens the walkthrough. VS Code ticks a step off only when its context changes after the walkthrough was registered,
 * which may be as late as now: so what is there already is told once more, afterwards.
 */
export async function openWalkthrough(parts: SurfaceParts): Promise<void> {
  await withholdState();
  try {
    await vscode.commands.executeCommand(
      'workbench.action.openWalkthrough',
      `${parts.context.extension.id}#${walkthrough.id}`,
      false,
    );
    await new Promise((resolve) => setTimeout(resolve, registersWithinMs));
  } finally {
    await publishKeyState(parts);
    await publishLocalState((await parts.engine()).health());
  }
}
