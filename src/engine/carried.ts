import type { Prepared } from '../tasks/tasks.ts';
import type { Message, Part, Request } from '../vocabulary/request.ts';

/** Every text that an attempt sends. */
export function textsOf(prepared: Pick<Prepared, 'messages'>, request: Request): readonly string[] {
  const texts = prepared.messages.flatMap(({ parts }) => parts.flatMap(textOf));
  if (request.tools.length > 0) texts.push(JSON.stringify(request.tools));
  return texts;
}

function textOf(part: Part): readonly string[] {
  if (part.type === 'text' || part.type === 'toolResult') return [part.text];
  return part.type === 'toolCall' ? [JSON.stringify(part.input)] : [];
}

/** What an attempt sends, with each text of `textsOf` changed; undefined where a tool's input would be none any more. */
export function withTexts(
  prepared: Prepared,
  request: Request,
  texts: readonly string[],
): { readonly prepared: Prepared; readonly request: Request } | undefined {
  const left = [...texts];
  try {
    const messages = prepared.messages.map(
      (message): Message => ({ ...message, parts: message.parts.map((part) => changed(part, left)) }),
    );
    const tools = request.tools.length > 0 ? JSON.parse(left.shift() ?? '') : request.tools;
    return { prepared: { ...prepared, messages }, request: { ...request, tools } };
  } catch {
    return undefined;
  }
}

function changed(part: Part, texts: string[]): Part {
  if (part.type === 'text' || part.type === 'toolResult') return { ...part, text: texts.shift() ?? '' };
  return part.type === 'toolCall' ? { ...part, input: JSON.parse(texts.shift() ?? '') } : part;
}

/** Paths, or URIs where there is no path, of everything that a text was taken from. */
export function pathsOf(prepared: Pick<Prepared, 'messages' | 'paths'>, request: Request): readonly string[] {
  const paths = new Set(prepared.paths);
  for (const item of request.context) {
    const place = item.path ?? item.uri;
    if (place !== undefined) paths.add(place);
  }
  if (request.target) paths.add(request.target.path ?? request.target.uri);
  for (const message of prepared.messages)
    for (const part of message.parts)
      if (part.type === 'toolCall') for (const text of namedIn(part.input)) paths.add(text);
  return [...paths];
}

/** No path is longer. */
const longestPath = 4_096;
/** Inputs that are looked for or written, and name no file whose text comes back. */
const notPaths =
  /^(?:query|pattern|regex|regexp|search|needle|text|content|contents|prompt|explanation|description|reason|goal|message|title|code|old_?str(?:ing)?|new_?str(?:ing)?)$/i;
/** Programs of a shell that put a file's text out. */
const reader =
  /(?:^|[|;&(`\s])(?:sudo\s+)?(?:cat|bat|less|more|head|tail|nl|tac|type|strings|xxd|hexdump|od|base64|grep|egrep|rg|ag|sed|awk|cut|sort|diff|source|gc|Get-Content|Select-String)\s+([^|;&\n]{1,4000})/g;

/** What may name a file in a tool call's input: the result that follows was taken from it. */
function namedIn(input: unknown): readonly string[] {
  if (typeof input === 'string') {
    if (input === '' || input.length > longestPath) return [];
    return input.includes('\n') ? readByCommand(input) : [input, ...readByCommand(input)];
  }
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([key, value]) =>
    typeof value === 'string' && notPaths.test(key) ? [] : namedIn(value),
  );
}

/** `cat .env | head`: what such a command reads. */
function readByCommand(command: string): readonly string[] {
  return [...command.matchAll(reader)].flatMap(
    (match) => (match[1] ?? '').match(/[^\s"'<>=()`]+/g)?.filter((word) => !word.startsWith('-')) ?? [],
  );
}
