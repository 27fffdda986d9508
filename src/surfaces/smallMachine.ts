import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { Engine } from '../engine/engine.ts';
import type { Request } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';

const sample = 'export function add(a: number, b: number): number {\n  return a + b;\n}\n';

/**
 * What a small machine's model takes, from one measurement and from real decisions: "llama3.2:3b, 9 tokens/s: explain
 * and document here, tests go to Claude". Undefined where the measurement failed.
 */
export async function smallMachineSentence(
  model: string,
  engine: Pick<Engine, 'measure' | 'decide'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const measured = await engine.measure(model, signal);
  if (!measured.ok) return undefined;
  const here: string[] = [];
  const there: string[] = [];
  for (const [task, name] of [
    ['explain', l10n.t('explain')],
    ['document', l10n.t('document')],
    ['tests', l10n.t('tests')],
  ] as const) {
    const decided = await engine.decide(sampleRequest(task), signal);
    if (decided.ok) (decided.value.route === 'local' ? here : there).push(name);
  }
  const speed = Math.max(1, Math.round(measured.value.tokensPerSecond));
  const rest = [
    here.length > 0 ? l10n.t('{0} here', joined(here)) : '',
    there.length > 0 ? l10n.t('{0} at Claude', joined(there)) : '',
  ].filter(Boolean);
  return l10n.t('{0}, {1} tokens/s: {2}.', model, speed, rest.join(', '));
}

function joined(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : l10n.t('{0} and {1}', names.slice(0, -1).join(', '), names.at(-1) ?? '');
}

function sampleRequest(task: Task): Request {
  return {
    id: randomUUID(),
    surface: 'command',
    task,
    messages: [{ role: 'user', parts: [{ type: 'text', text: task }] }],
    context: [],
    target: {
      uri: 'file:///sample.ts',
      path: '/sample.ts',
      languageId: 'typescript',
      text: sample,
      partial: false,
      selection: { start: 20, end: 20 },
      indent: { size: 2, tabs: false },
    },
    tools: [],
    toolChoice: 'auto',
  };
}
