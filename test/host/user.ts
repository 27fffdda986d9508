import * as vscode from 'vscode';

/**
 * Plays the user at VS Code's own dialogs while `work` runs: the first input box gets the first text, and so on;
 * one more box than texts is dismissed. The tests and the extension share one `vscode.window`, so this reaches it.
 */
export async function withTyped<T>(texts: readonly string[], work: () => PromiseLike<T>): Promise<T> {
  const left = [...texts];
  return replaced('showInputBox', async () => left.shift(), work);
}

/** The user picks the item whose label has `label` in it, in each quick pick in turn; none: dismisses it. */
export async function withPicked<T>(labels: readonly string[], work: () => PromiseLike<T>): Promise<T> {
  const left = [...labels];
  const pick = async (items: unknown): Promise<unknown> => {
    const label = left.shift();
    const offered = [...((await items) as readonly (string | vscode.QuickPickItem)[])];
    return label === undefined
      ? undefined
      : offered.find((item) => (typeof item === 'string' ? item : item.label).includes(label));
  };
  return replaced('showQuickPick', pick, work);
}

/** The user presses the button with the first title on the first message, and so on; every message's text is kept in `said`. */
export async function withPressed<T>(
  titles: readonly string[],
  work: () => PromiseLike<T>,
  said: string[] = [],
): Promise<{ readonly value: T; readonly said: readonly string[] }> {
  const left = [...titles];
  const press = async (text: unknown, ...buttons: readonly unknown[]): Promise<unknown> => {
    said.push(String(text));
    const pressed = left[0];
    if (pressed === undefined || !buttons.includes(pressed)) return undefined;
    left.shift();
    return pressed;
  };
  const value = await replaced('showInformationMessage', press, () =>
    replaced('showWarningMessage', press, work),
  );
  return { value, said };
}

/** The user saves under a name of their own, or dismisses the dialog; what was proposed is kept. */
export async function withSavedAs<T>(
  chosen: vscode.Uri | undefined,
  work: () => PromiseLike<T>,
): Promise<{ readonly value: T; readonly proposed: readonly vscode.SaveDialogOptions[] }> {
  const proposed: vscode.SaveDialogOptions[] = [];
  const save = async (options: unknown): Promise<unknown> => {
    proposed.push(options as vscode.SaveDialogOptions);
    return chosen;
  };
  return { value: await replaced('showSaveDialog', save, work), proposed };
}

type Dialog =
  | 'showInputBox'
  | 'showQuickPick'
  | 'showInformationMessage'
  | 'showWarningMessage'
  | 'showSaveDialog';

async function replaced<T>(
  name: Dialog,
  answer: (first: unknown, ...rest: readonly unknown[]) => Promise<unknown>,
  work: () => PromiseLike<T>,
): Promise<T> {
  const window = vscode.window as unknown as Record<Dialog, unknown>;
  const original = window[name];
  window[name] = answer;
  try {
    return await work();
  } finally {
    window[name] = original;
  }
}
