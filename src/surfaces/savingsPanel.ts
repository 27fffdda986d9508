import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { Phrases } from '../phrases/phrases.ts';
import type { FromPanel, ToPanel } from '../vocabulary/panelMessage.ts';
import type { Period } from '../vocabulary/summary.ts';
import type { Task } from '../vocabulary/task.ts';
import { savingsHtml } from './savingsHtml.ts';
import { panelState, wideningId } from './savingsState.ts';

const viewType = 'maia.savings';
const answeredKey = 'maia.widenings.notNow';
/** While requests run the ledger changes many times a second; nobody reads that fast. */
const refreshAtMostEveryMs = 300;

interface PanelParts {
  engine(): Promise<Engine>;
  phrases(): Promise<Phrases>;
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
  #period: Period = 'month';
  #timer: NodeJS.Timeout | undefined;
  #disposables: vscode.Disposable[] = [];
  #gone = false;

  constructor(parts: PanelParts, webview: vscode.Webview) {
    this.#parts = parts;
    this.#webview = webview;
    this.#disposables.push(
      webview.onDidReceiveMessage((message: FromPanel) => {
        if (message.type === 'period') this.#period = message.period;
        const answered = message.type === 'keepLocal' || message.type === 'notNow';
        void (answered ? this.#answer(message) : this.#send());
      }),
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

  /** Each proposal is made until it is answered, in whatever window. */
  async #answer({ type, id }: Extract<FromPanel, { id: string }>): Promise<void> {
    const open = await (await this.#parts.engine()).widenings();
    const widening = open.find((one) => wideningId(one) === id);
    if (widening && type === 'keepLocal') await keepLocal(widening.task);
    else {
      const answered = this.#parts.context.globalState.get<readonly string[]>(answeredKey, []);
      await this.#parts.context.globalState.update(answeredKey, [...answered.slice(-99), id]);
    }
    await this.#send();
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
      const answered = this.#parts.context.globalState.get<readonly string[]>(answeredKey, []);
      const figures = {
        summary,
        budget: budget.periods,
        learned,
        widenings: widenings.filter((one) => !answered.includes(wideningId(one))),
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

/** The user's switch for the task: the same that stands in the settings, where it can be taken back. */
async function keepLocal(task: Task): Promise<void> {
  const setting = vscode.workspace.getConfiguration('maia');
  const tasks = setting.inspect<Readonly<Record<string, unknown>>>('tasks')?.globalValue;
  await setting.update('tasks', { ...tasks, [task]: 'local' }, vscode.ConfigurationTarget.Global);
}
