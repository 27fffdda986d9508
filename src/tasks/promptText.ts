import type { ContextItem, Message, Part, Request } from '../vocabulary/request.ts';
import { askedText } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import { instructions, systemText } from './instructions.ts';

/** A piece of text that goes along with a question. */
export interface Material {
  /** What it is, in words: "the selected code". */
  readonly label: string;
  readonly text: string;
  readonly languageId?: string;
  readonly path?: string;
  /** File name to show where there is no path. */
  readonly name?: string;
  /** 1-based line of its file that it begins at. */
  readonly line?: number;
}

/** The text in a code fence that nothing in it can close. */
export function fenced(text: string, languageId = ''): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  const marks = '`'.repeat(longest + 1);
  const body = text.replaceAll('\r\n', '\n').replace(/\n+$/, '');
  return `${marks}${languageId}\n${body}\n${marks}`;
}

/** Last part of a path or URI, with `/` or `\` between the parts. */
export function fileName(pathOrUri: string): string {
  return pathOrUri.split(/[/\\]/).at(-1) ?? pathOrUri;
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

export function materialText(material: Material): string {
  const name = material.path ? fileName(material.path) : material.name;
  const from = name ? ` from \`${name.replace(/[`\p{Cc}]/gu, '?')}\`` : '';
  const line = name && material.line && material.line > 1 ? `, line ${material.line}` : '';
  return `${material.label}${from}${line}:\n${fenced(material.text, material.languageId)}`;
}

const contextLabels: Readonly<Record<ContextItem['kind'], string>> = {
  selection: 'Selected code',
  file: 'File',
  diagnostic: 'Problem that the editor shows',
  symbol: 'Code',
  pasted: 'Pasted text',
  change: 'Change',
};

/** The request's own references, each once. */
export function contextMaterial(request: Pick<Request, 'context'>): Material[] {
  const seen = new Set<string>();
  return request.context.flatMap((item) => {
    const key = `${item.uri ?? item.path ?? ''}\n${item.text}`;
    if (item.text.trim() === '' || seen.has(key)) return [];
    seen.add(key);
    const name = item.uri ? decodeName(fileName(item.uri)) : undefined;
    return [
      {
        label: contextLabels[item.kind],
        text: item.text,
        languageId: item.languageId,
        path: item.path,
        name,
        line: item.line,
      },
    ];
  });
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** In which language to answer a command, whose words are not the developer's own. */
export function localeLine(request: Pick<Request, 'surface' | 'locale'>): string | undefined {
  if (request.surface !== 'command' || !request.locale || /^en\b/i.test(request.locale)) return undefined;
  try {
    const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(request.locale);
    return name ? `Answer in ${name}.` : undefined;
  } catch {
    return undefined;
  }
}

/** What the developer asks, or the task's own question where nothing was written. */
export function question(task: Task, request: Pick<Request, 'messages'>): string {
  return askedText(request).trim() || instructions[task].question;
}

/**
 * The messages of a task: system text, earlier turns as they were, then one user message with the material first
 * and what is asked last.
 */
export function taskMessages(
  task: Task,
  request: Pick<Request, 'messages'>,
  materials: readonly Material[],
  asked: string,
): Message[] {
  const lastUser = request.messages.findLastIndex((message) => message.role === 'user');
  const earlier = request.messages.slice(0, Math.max(lastUser, 0));
  const last = request.messages[lastUser];
  const others: readonly Part[] = last ? last.parts.filter((part) => part.type !== 'text') : [];
  const text = [...materials.map(materialText), asked].join('\n\n');
  return [
    { role: 'system', parts: [{ type: 'text', text: systemText(task) }] },
    ...earlier,
    { role: 'user', parts: [...others, { type: 'text', text }] },
  ];
}

/** Absolute paths of the files whose text went in, each once. */
export function pathsOf(materials: readonly Material[]): string[] {
  return [...new Set(materials.flatMap((material) => (material.path ? [material.path] : [])))];
}
