import * as vscode from 'vscode';
import { registerAgainCommands } from './againCommands.ts';
import { registerAnswerCommands } from './answerCommands.ts';
import { AnswerPreview } from './answerPreview.ts';
import { registerAskClaudeNow } from './askClaudeNow.ts';
import { registerChat } from './chat.ts';
import { showFailure } from './commands.ts';
import { registerCommitCommands } from './commitCommand.ts';
import { publishKeyState, publishPractice } from './contextState.ts';
import { registerEditorCommands } from './editorCommands.ts';
import { errorName } from './errorName.ts';
import { firstRun } from './firstRun.ts';
import { refreshCli, registerInstallCli } from './installCli.ts';
import { registerKeyCommands } from './keyCommands.ts';
import { registerLearnedCommands } from './learnedCommands.ts';
import { Lightbulb, registerLightbulb } from './lightbulb.ts';
import { registerModelCommands } from './modelCommands.ts';
import { registerModelPicker, resolveModel } from './modelPicker.ts';
import { Proposals } from './proposals.ts';
import { RecentRequests } from './recentRequests.ts';
import { registerSaveMarkdown } from './saveMarkdown.ts';
import { registerSavings } from './savings.ts';
import { registerSecretCommands } from './secretCommands.ts';
import { registerSettingCommands } from './settingCommands.ts';
import { StatusBar } from './statusBar.ts';
import type { SurfaceParts } from './surfaceParts.ts';

/** Registers all that VS Code shows of Maia, and follows the engine once activation is over. */
export function registerSurfaces(parts: SurfaceParts): vscode.Disposable {
  const recent = new RecentRequests();
  const preview = new AnswerPreview();
  const proposals = new Proposals(parts, recent);
  const statusBar = new StatusBar(parts);
  const lightbulb = new Lightbulb();
  const ending = new AbortController();
  const registered: vscode.Disposable[] = [
    preview,
    proposals,
    statusBar,
    // One part that fails to register does not take the others down: chat may be missing in some editor.
    ...[
      () => registerModelPicker(parts),
      () => registerChat(parts, recent),
      () => registerEditorCommands({ parts, recent, proposals, preview }),
      () => registerLightbulb(lightbulb),
      () => registerCommitCommands(parts, recent),
      () => registerAgainCommands({ parts, recent, proposals, preview }),
      () => registerAskClaudeNow(parts, recent),
      () => registerAnswerCommands(parts, preview, recent),
      () => registerSaveMarkdown(parts, recent),
      () => registerSecretCommands(parts, preview, recent),
      () => registerModelCommands(parts),
      () => registerKeyCommands(parts),
      () => registerSettingCommands(parts),
      () => registerLearnedCommands(parts),
      () => registerSavings(parts),
      () => registerInstallCli(parts),
    ].flatMap((register) => {
      try {
        return [register()];
      } catch (error) {
        parts.log.error(`A surface could not be registered: ${errorName(error)}`);
        return [];
      }
    }),
    { dispose: () => ending.abort() },
  ];
  void resolveModel();
  const soon = setTimeout(() => void start(parts, { statusBar, lightbulb }, ending.signal), 0);
  registered.push({ dispose: () => clearTimeout(soon) });
  return vscode.Disposable.from(...registered);
}

interface Followers {
  readonly statusBar: StatusBar;
  readonly lightbulb: Lightbulb;
}

async function start(
  parts: SurfaceParts,
  { statusBar, lightbulb }: Followers,
  signal: AbortSignal,
): Promise<void> {
  try {
    await publishPractice(parts);
    await publishKeyState(parts);
    await refreshCli(parts);
    const engine = await parts.engine();
    if (signal.aborted) return;
    lightbulb.follow(engine);
    const notices = engine.onDidNotice((notice) => showFailure(parts, notice));
    signal.addEventListener('abort', () => notices.dispose(), { once: true });
    await statusBar.follow(engine);
    await engine.checkHealth(signal);
    await firstRun(parts, engine, signal);
  } catch (error) {
    if (signal.aborted) return;
    parts.log.error(`Start: ${errorName(error)}`);
  }
}
