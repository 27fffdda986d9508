import type { Exchange } from './memoryNetwork.ts';

/** What a body of a model's answer says, read apart from the providers' own code. */
export interface Said {
  readonly text: string;
  /** The protocol's own end came: `done`, or a stop reason. */
  readonly ended: boolean;
  /** The whole account came. */
  readonly usageCame: boolean;
}

interface Line {
  readonly type?: string;
  readonly done?: boolean;
  readonly message?: { readonly content?: string };
  readonly delta?: { readonly type?: string; readonly text?: string; readonly stop_reason?: string | null };
  readonly usage?: { readonly output_tokens?: number };
}

/** Reads NDJSON of Ollama or server-sent events of Anthropic; what is broken counts as not said. */
export function read(bytes: readonly Buffer[]): Said {
  let text = '';
  let ended = false;
  let usageCame = false;
  const lines = Buffer.concat(bytes).toString('utf8').split('\n');
  for (const [at, raw] of lines.entries()) {
    const line = parsed(raw.startsWith('data:') ? raw.slice(5) : raw);
    if (!line) continue;
    text += line.message?.content ?? (line.delta?.type === 'text_delta' ? (line.delta.text ?? '') : '');
    if (line.done === true) ended = true;
    if (line.type === 'message_delta' && line.delta?.stop_reason) {
      ended = true;
      // An event that no empty line closes has not surely come.
      usageCame = line.usage?.output_tokens !== undefined && at + 2 < lines.length;
    }
  }
  return { text, ended, usageCame };
}

function parsed(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}

/** The request that a prompt belongs to: the last one whose mark is in it. */
export function markerOf(body: string): number | undefined {
  const marks = [...body.matchAll(/q(\d{4})q/gi)].map((match) => Number(match[1]));
  return marks.length === 0 ? undefined : Math.max(...marks);
}

/** Whether an exchange asks a model. */
export function asksModel({ path, body }: Exchange): boolean {
  return (path === '/api/chat' && body.includes('"stream":true')) || path === '/v1/messages';
}

export function modelOf({ body }: Exchange): string {
  const model = /"model":"([^"]*)"/.exec(body)?.[1];
  return model ?? '';
}
