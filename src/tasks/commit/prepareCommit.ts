import { askedText, type CommitFacts, type ContextItem } from '../../vocabulary/request.ts';
import { instructions } from '../instructions.ts';
import {
  contextMaterial,
  fileName,
  localeLine,
  type Material,
  question,
  taskMessages,
} from '../promptText.ts';
import type { Prepare } from '../taskDefinition.ts';
import { prepareText } from '../textTask.ts';
import type { CommitPlan } from './commitPlan.ts';
import { styleOf, styleWords } from './commitStyle.ts';
import { type ChangedFile, shownChange } from './shownChange.ts';

/** Characters of a change that a model is shown: about 6,000 tokens, which every model's window holds. */
const budget = 20_000;
const mostNamed = 40;
const mostSubjects = 12;

/** A message for the change that the context holds, or that the developer pasted. */
export const prepareCommit: Prepare = async (task, request, tools, signal) => {
  const changed = request.context.filter(({ kind }) => kind === 'change');
  const style = styleOf(request.commit?.subjects ?? [], request.commit?.branch);
  const fenced = request.surface === 'chat';
  const asked = askedText(request);
  if (changed.length === 0) {
    const drafted = await prepareText(task, request, tools, signal);
    if (!drafted.ok) return drafted;
    const pasted = [asked, ...request.context.map(({ text }) => text)].join('\n');
    const plan: CommitPlan = {
      form: 'commit',
      ...(/^(?:diff --git |@@ -\d|\+\+\+ )/m.test(pasted) && {
        change: { paths: pathsIn(pasted), diff: pasted, whole: true },
      }),
      words: asked,
      style,
      fenced,
    };
    return { ok: true, value: { ...drafted.value, held: true, plan } };
  }
  const files = changed.map(fileOf);
  const { shown, named } = shownChange(files, budget);
  const facts: CommitFacts = request.commit ?? { subjects: [], unread: [], untracked: [] };
  const others = request.context.filter(({ kind }) => kind !== 'change');
  const materials: readonly Material[] = [
    ...contextMaterial({ context: others }),
    ...subjectsMaterial(facts.subjects),
    ...shown.map(({ text, path }) => ({ label: 'Change', text, languageId: 'diff', ...(path && { path }) })),
  ];
  const plan: CommitPlan = {
    form: 'commit',
    change: {
      paths: [...files.map(({ name }) => name), ...facts.untracked, ...facts.unread],
      diff: files.map(({ text }) => text).join('\n'),
      whole: facts.unread.length === 0,
    },
    words: [asked, facts.branch ?? '', facts.hint ?? ''].join('\n'),
    style,
    fenced,
  };
  const locale = facts.subjects.length === 0 ? localeLine(request) : undefined;
  const lines = [
    question(task, request),
    ...namedLine('Also changed, but not shown', [...named.map(({ name }) => name), ...facts.unread]),
    ...namedLine('New files', facts.untracked),
    ...styleWords(style),
    ...(facts.subjects.length > 0 ? ["Write in the language of the project's last messages."] : []),
    ...(facts.hint
      ? [`The developer began it like this: ${JSON.stringify(facts.hint.slice(0, 1_000))}`]
      : []),
    'Name only files and symbols that the change shows.',
    ...(locale ? [locale] : []),
  ];
  return {
    ok: true,
    value: {
      task,
      messages: taskMessages(task, request, materials, lines.join('\n')),
      held: true,
      outputTokens: instructions[task].outputTokens,
      paths: changed.flatMap(({ path }) => (path ? [path] : [])),
      plan,
    },
  };
};

function fileOf(item: ContextItem): ChangedFile & { readonly path?: string } {
  const name = pathsIn(item.text)[0] ?? fileName(item.path ?? item.uri ?? '');
  return { name, text: item.text, ...(item.path && { path: item.path }) };
}

/** The paths that a diff's own lines name, the new ones first. */
function pathsIn(diff: string): string[] {
  const found = [...diff.matchAll(/^(?:\+\+\+|rename to|---|rename from) (?:[ab]\/)?([^\n\t]+)/gm)];
  const git = [...diff.matchAll(/^diff --git a\/.+? b\/([^\n]+)$/gm)];
  const paths = [...found, ...git].map((match) => (match[1] ?? '').replace(/^"|"$/g, ''));
  return [...new Set(paths)].filter((path) => path !== '' && path !== '/dev/null');
}

function subjectsMaterial(subjects: readonly string[]): Material[] {
  if (subjects.length === 0) return [];
  const text = subjects.slice(0, mostSubjects).join('\n');
  return [{ label: "The project's last messages, for their style alone", text }];
}

function namedLine(label: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const rest = names.length - mostNamed;
  const shown = names.slice(0, mostNamed).map((name) => name.replaceAll(/[\p{Cc}]/gu, '?'));
  return [`${label}: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`];
}
