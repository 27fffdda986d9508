import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { Phrases } from '../phrases/phrases.ts';
import type { FromPanel, ToPanel } from '../vocabulary/panelMessage.ts';
import type { Period } from '../vocabulary/summary.ts';
import { savingsHtml } from './savingsHtml.ts';
import { panelState } from './savingsState.ts';
import { type AnswerStore, answerWidening, stillOpen, type WideningAnswer } from './wideningAnswers.ts';

const viewType = 'maia.savings';
const refusedKey = 'maia.widenings.notNow';
/** While requests run the ledger changes many times a second; nobody reads that fast. */
const refreshAtMostEveryMs = 300;

interface PanelParts {
  engine(): Promise<Engine>;
  phrases(): Promise<Phrases>;
  onDidChangePolicy(listener: () => void): vscode.Disposable;
  readonly context: vscode.ExtensionContext;
}

/** The savings panel: one at a time, live while requests run, restored after a reload of the window. */
export class SavingsPanel implements vscode.Disposable {
  readonly #parts: PanelParts;
  #open: vscode.WebviewPanel | undefined;
  #disposables: vscode.Disposable[] = [];

  constructor(parts: PanelParts) {
    this.#parts = parts;
    this.#disposables.push(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel) => this.#fill(panel),
      }),
    );
  }

  show(): void {
    if (this.#open) {
      this.#open.reveal();
      return;
    }
    this.#fill(
      vscode.window.createWebviewPanel(viewType, vscode.l10n.t('Maia: Savings'), vscode.ViewColumn.Active, {
        enableScripts: true,
        localResourceRoots: [vscode.Uri.joinPath(this.#parts.context.extensionUri, 'dist', 'webview')],
      }),
    );
  }

  dispose(): void {
    this.#open?.dispose();
    for (const one of this.#disposables) one.dispose();
  }

  #fill(panel: vscode.WebviewPanel): void {
    this.#open?.dispose();
    this.#open = panel;
    const { extensionUri } = this.#parts.context;
    const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const { webview } = panel;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
    const feed = new Feed(this.#parts, webview);
    panel.onDidDispose(() => {
      feed.dispose();
      if (this.#open === panel) this.#open = undefined;
    });
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    webview.html = savingsHtml({
      nonce: randomBytes(18).toString('base64url'),
      cspSource: webview.cspSource,
      script: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'panel.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'panel.css')).toString(),
      language: vscode.env.language,
      title: vscode.l10n.t('Maia: Savings'),
    });
  }
}

/** Sends figures to one page, on request and when the ledger has changed. */
class Feed implements vscode.Disposable {
  readonly #parts: PanelParts;
  readonly #webview: vscode.Webview;
  readonly #answers: AnswerStore;
  #period: Period = 'month';
  #timer: NodeJS.Timeout | undefined;
  #disposables: vscode.Disposable[] = [];
  #gone = false;

  constructor(parts: PanelParts, webview: vscode.Webview) {
    this.#parts = parts;
    this.#webview = webview;
    this.#answers = answerStore(parts.context);
    this.#disposables.push(
      webview.onDidReceiveMessage((message: FromPanel) => {
        if (message.type === 'period') this.#period = message.period;
        if (message.type === 'keepLocal' || message.type === 'notNow')
          void this.#answer(message).catch(() => undefined);
        else void this.#send();
      }),
      // Budgets, the dial and the tasks' switches are settings.
      parts.onDidChangePolicy(() => this.#soon()),
    );
    void parts.engine().then((engine) => {
      if (!this.#gone) this.#disposables.push(engine.onDidChangeLedger(() => this.#soon()));
    });
  }

  dispose(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
    for (const one of this.#disposables) one.dispose();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, refreshAtMostEveryMs);
  }

  async #answer(answer: WideningAnswer): Promise<void> {
    try {
      const proposed = await (await this.#parts.engine()).widenings();
      await answerWidening(answer, proposed, this.#answers);
    } finally {
      await this.#send();
    }
  }

  async #send(): Promise<void> {
    const message = await this.#message();
    if (!this.#gone) await this.#webview.postMessage(message);
  }

  async #message(): Promise<ToPanel> {
    try {
      const [engine, phrases] = await Promise.all([this.#parts.engine(), this.#parts.phrases()]);
      const [summary, budget, learned, widenings] = await Promise.all([
        engine.summary(this.#period),
        engine.budget(),
        engine.lessons(),
        engine.widenings(),
      ]);
      const figures = {
        summary,
        budget: budget.periods,
        learned,
        widenings: stillOpen(widenings, this.#answers),
      };
      return {
        type: 'state',
        state: panelState(figures, phrases, vscode.env.language, (word) => vscode.l10n.t(word)),
      };
    } catch {
      return {
        type: 'failed',
        text: vscode.l10n.t("Maia's ledger can't be read right now. Answers go on; open the log to see why."),
      };
    }
  }
}

/** Refusals in the user's state, a yes in the user's settings. */
function answerStore({ globalState }: vscode.ExtensionContext): AnswerStore {
  const maia = () => vscode.workspace.getConfiguration('maia');
  return {
    refused: () => globalState.get<readonly string[]>(refusedKey, []),
    setRefused: async (ids) => globalState.update(refusedKey, ids),
    tasks: () => maia().inspect('tasks')?.globalValue,
    setTasks: async (tasks) => maia().update('tasks', tasks, vscode.ConfigurationTarget.Global),
  };
}
