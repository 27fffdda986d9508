import { askedNow, type OfferedTool, type Prompt, prose, type ToolCall, type Turn } from './prompt.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
}

/** Words that may be values: quoted ones first, then names written large within the sentence, then paths and words. */
function candidates(text: string): string[] {
  const quoted = [...text.matchAll(/["'`]([^"'`\n]{1,80})["'`]/g)].map((match) => match[1]!);
  const paths = text.match(/[\w.-]*[/.][\w/.-]*\w/g) ?? [];
  const named = [...text.matchAll(/(?<=[a-z,]\s)(\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*)/gu)].map(
    (match) => match[1]!,
  );
  return [...quoted, ...paths, ...named];
}

function valueFor(name: string, schema: Schema, text: string, used: Set<string>): unknown {
  if (schema.const !== undefined) return schema.const;
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (schema.enum) return schema.enum.find((each) => text.includes(String(each))) ?? schema.enum[0];
  if (type === 'number' || type === 'integer') return Number(/-?\d+(?:\.\d+)?/.exec(text)?.[0] ?? 1);
  if (type === 'boolean') return !/\b(?:no|not|without|false)\b/i.test(text);
  if (type === 'array') return schema.items ? [valueFor(name, schema.items, text, used)] : [];
  if (type === 'object' || schema.properties) return fill(schema, text, used);
  const all = candidates(text).filter((each) => !used.has(each));
  const wantsPath = /path|file|dir|uri/i.test(name);
  const found =
    (wantsPath ? all.find((each) => /[/.]/.test(each)) : all.find((each) => !/[/.]/.test(each))) ?? all[0];
  const value =
    found ??
    text
      .trim()
      .split(/\s+/)
      .at(-1)
      ?.replace(/[?.!,]+$/, '') ??
    '';
  used.add(value);
  return value;
}

/** An object that fits a schema, its values taken from a text. */
export function fill(schema: Schema, text: string, used = new Set<string>()): Record<string, unknown> {
  const properties = schema.properties ?? {};
  const required = schema.required ?? Object.keys(properties).slice(0, 1);
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name))
      .map(([name, property]) => [name, valueFor(name, property, text, used)]),
  );
}

/** The tool that the words are about, else the first one, called with what the prompt says. */
export function callFor(prompt: Prompt): ToolCall {
  const asked = prose(askedNow(prompt));
  const named = prompt.tools.find((tool) => asked.includes(tool.name));
  const tool: OfferedTool = named ?? prompt.tools[0]!;
  return { name: tool.name, input: fill(tool.schema as Schema, asked) };
}

/** Whether the words want something that only a tool can give. */
export function wantsTool(prompt: Prompt, always = false): boolean {
  if (prompt.tools.length === 0) return false;
  return (
    always ||
    prompt.mustCall ||
    !/\b(?:without|do not use|don't use) (?:a |any )?tools?\b/i.test(askedNow(prompt))
  );
}

/** A model goes on as it did before: after calls that it wrote as text it writes the next one so too. */
export function callInTheSameText(prompt: Prompt): string | undefined {
  const before = prompt.turns.findLast((turn) => turn.role === 'assistant')?.text ?? '';
  if (prompt.tools.length > 0 || !/^\s*\{"name":/.test(before)) return undefined;
  try {
    const call = JSON.parse(before) as { name: string; arguments?: Record<string, unknown> };
    const names = Object.keys(call.arguments ?? {});
    const schema = { properties: Object.fromEntries(names.map((name) => [name, {}])), required: names };
    return `{"name": ${JSON.stringify(call.name)}, "arguments": ${JSON.stringify(fill(schema, prose(askedNow(prompt))))}}`;
  } catch {
    return undefined;
  }
}

export function sayResults(results: readonly Turn[]): string {
  return results
    .map(({ tool, text }) => `${tool ? `\`${tool}\`` : 'The tool'} says: ${text.trim()}`)
    .join('\n\n');
}
