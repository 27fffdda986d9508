import * as vscode from 'vscode';
import { type LineSpan, touchedEdits } from './touchedEdits.ts';

/** A formatter that takes longer leaves the text as it is. */
const patienceMs = 2_000;

/**
 * What the document's own formatter would change in these lines; nothing where it has none, where it takes too long, or
 * where it can't format them without their neighbours. The document is not changed.
 */
export async function formattingOf(
  editor: vscode.TextEditor,
  changed: readonly LineSpan[],
): Promise<readonly vscode.TextEdit[]> {
  const { document, options } = editor;
  if (isAnothers(document)) return [];
  const { version } = document;
  const style: vscode.FormattingOptions = {
    tabSize: typeof options.tabSize === 'number' ? options.tabSize : 4,
    insertSpaces: options.insertSpaces !== false,
  };
  const edits = await Promise.race([asked(document, changed, style).catch(() => undefined), late()]);
  return edits && document.version === version ? edits : [];
}

/** Languages that VS Code itself formats. */
const builtIn = /^(?:(?:java|type)script(?:react)?|jsonc?|css|scss|less|html)$/;

/**
 * Where the user has chosen another formatter over VS Code's own, nobody can say which of the two would answer:
 * extensions cannot ask one by its name. Better unformatted than in somebody else's style.
 */
function isAnothers({ uri, languageId }: vscode.TextDocument): boolean {
  const chosen = vscode.workspace
    .getConfiguration('editor', { uri, languageId })
    .get<string | null>('defaultFormatter');
  return typeof chosen === 'string' && !chosen.startsWith('vscode.') && builtIn.test(languageId);
}

async function late(): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, patienceMs));
}

async function asked(
  document: vscode.TextDocument,
  changed: readonly LineSpan[],
  style: vscode.FormattingOptions,
): Promise<readonly vscode.TextEdit[] | undefined> {
  const inside: vscode.TextEdit[] = [];
  let whole: readonly vscode.TextEdit[] | undefined;
  for (const span of changed) {
    const range = new vscode.Range(span.first, 0, span.last, document.lineAt(span.last).text.length);
    const found = whole ?? (await ofRange(document, range, style));
    whole = found ? whole : ((await ofDocument(document, style)) ?? []);
    const touched = touchedEdits(found ?? whole ?? [], span);
    if (!touched) return undefined;
    inside.push(...touched);
  }
  return inside;
}

/** Undefined where no formatter of ranges answers. */
function ofRange(document: vscode.TextDocument, range: vscode.Range, style: vscode.FormattingOptions) {
  return vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
    'vscode.executeFormatRangeProvider',
    document.uri,
    range,
    style,
  );
}

function ofDocument(document: vscode.TextDocument, style: vscode.FormattingOptions) {
  return vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
    'vscode.executeFormatDocumentProvider',
    document.uri,
    style,
  );
}
