import { estimateTokens } from '../engine/tokenEstimate.ts';
import { policyOf } from '../platform/policyOf.ts';
import { localScore } from '../router/localScore.ts';
import { createRouter } from '../router/router.ts';
import { slashTask } from '../router/slashTask.ts';
import type { Candidate, Tier } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { type DeveloperWord, type SurfaceName, surfaceNames } from '../vocabulary/request.ts';
import { lineBatches } from './jsonLines.ts';

/** Taken for installed where `--models` names none. */
export const usualModels = ['qwen2.5-coder:7b', 'llama3.2:3b'] as const;

/** What one line asks. */
export interface RouteLine {
  readonly id: unknown;
  readonly prompt: string;
  readonly language?: string;
  readonly surface: SurfaceName;
  readonly command?: string;
}

/** Finds the kinds of secrets in a prompt. */
export type SecretScan = (texts: readonly string[]) => Promise<readonly string[]>;

const window = 32_768;
const answerTokens = 1_024;

/** The settings as they come, so that the result does not depend on the machine. */
const policy = policyOf(() => ({}), {});

/** Installed, able to chat, loaded, idle and of one reference speed: the same on every machine. */
function assumedLocal(name: string): Candidate {
  return {
    model: {
      id: { provider: 'ollama', name },
      boundary: 'machine',
      host: '127.0.0.1:11434',
      route: 'local',
      capabilities: { chat: true, tools: false, images: false, thinking: false },
      contextTokens: window,
      loaded: { contextTokens: window, memoryBytes: 0, gpuBytes: 0 },
    },
    state: 'ready',
    busy: false,
    fitsMemory: true,
    toolsProven: false,
    chatProven: true,
    speed: { firstTokenMs: 500, tokensPerSecond: 40, samples: 1 },
  };
}

function assumedClaude(tier: Tier): Candidate {
  return {
    model: {
      id: { provider: 'claude', name: policy.claude.models[tier] },
      boundary: 'cloud',
      host: 'api.anthropic.com:443',
      route: 'claude',
      tier,
      capabilities: { chat: true, tools: true, images: true, thinking: true },
      contextTokens: 200_000,
    },
    state: 'ready',
    busy: false,
    fitsMemory: true,
    toolsProven: true,
  };
}

/** @returns the line's `id` alone, null where it has none, for what is no JSON object with a `prompt` */
export function readLine(line: string): RouteLine | { readonly id: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null };
  }
  if (typeof value !== 'object' || value === null) return { id: null };
  const { id = null, prompt, language, surface, command } = value as Record<string, unknown>;
  if (typeof prompt !== 'string') return { id };
  return {
    id,
    prompt,
    surface: surfaceNames.find((one) => one === surface) ?? 'chat',
    ...(typeof language === 'string' ? { language } : {}),
    ...(typeof command === 'string' ? { command } : {}),
  };
}

/** `/local` and `/claude` are the developer's word; any other command names a task or nothing. */
function wordOf(command: string): DeveloperWord | undefined {
  return command === 'local' || command === 'claude' ? { route: command, said: 'command' } : undefined;
}

/** Decides what is asked one by one, as if the given models were installed; no history, no clock, no I/O but the scan's own. */
export function lineRouter(
  models: readonly string[],
  scan?: SecretScan,
): (asked: RouteLine) => string | Promise<string> {
  const router = createRouter();
  const candidates = [
    ...models.map(assumedLocal),
    ...(['haiku', 'sonnet', 'opus'] as const).map((tier) => assumedClaude(tier)),
  ];
  const installed = candidates.map(({ model }) => model);

  const decided = (asked: RouteLine, secrets: readonly string[]): string => {
    const command = asked.command?.replace(/^\/|^maia\./, '').toLowerCase();
    const task =
      command === undefined ? undefined : slashTask(`/${command === 'generatetests' ? 'tests' : command}`);
    const classification = router.classify({
      text: asked.prompt,
      surface: asked.surface,
      contextCharacters: 0,
      contextItems: 0,
      ...(asked.language === undefined ? {} : { languageId: asked.language }),
      ...(task ? { task } : {}),
    });
    const word =
      (command === undefined ? undefined : wordOf(command)) ?? router.readWord(asked.prompt, installed)?.word;
    const reasons: Reason[] = secrets.map((kind) => ({
      code: 'protectedSecret',
      params: { kind, boundary: 'cloud' },
    }));
    const result = router.decide({
      requestId: '',
      classification,
      ...(word ? { word } : {}),
      needs: {
        tools: false,
        images: false,
        promptTokens: estimateTokens(asked.prompt),
        outputTokens: answerTokens,
      },
      protection: { protected: secrets.length > 0, reasons },
      candidates,
      policy,
    });
    const shared = {
      id: asked.id,
      task: classification.task,
      confidence: classification.confidence,
      difficulty: classification.difficulty,
      localScore: localScore(classification, asked.prompt),
    };
    if (!result.ok)
      return JSON.stringify({
        ...shared,
        tier: null,
        route: null,
        model: null,
        failure: result.failure,
        reasons: [
          ...new Map(
            result.considered.flatMap(({ removedBy }) =>
              removedBy ? [[JSON.stringify(removedBy), removedBy] as const] : [],
            ),
          ).values(),
        ],
      });
    const { decision } = result;
    return JSON.stringify({
      ...shared,
      tier: decision.tier ?? null,
      route: decision.route,
      model: decision.model.name,
      reasons: decision.reasons,
    });
  };

  return (asked) =>
    scan ? scan([asked.prompt]).then((secrets) => decided(asked, secrets)) : decided(asked, []);
}

/**
 * Routes every line of `input` and hands the answers on in the same order, many at once. Empty lines are left out.
 * @returns how many lines could not be read
 */
export async function routeLines(
  input: AsyncIterable<string>,
  write: (text: string) => void | Promise<void>,
  models: readonly string[],
  scan?: SecretScan,
): Promise<number> {
  const route = lineRouter(models.length > 0 ? models : usualModels, scan);
  let unread = 0;
  for await (const lines of lineBatches(input)) {
    let answers = '';
    for (const line of lines) {
      const asked = readLine(line);
      if ('prompt' in asked) {
        const routed = route(asked);
        answers += `${typeof routed === 'string' ? routed : await routed}\n`;
      } else {
        unread += 1;
        answers += `${JSON.stringify({ id: asked.id, error: 'not a JSON object with a prompt' })}\n`;
      }
    }
    if (answers !== '') await write(answers);
  }
  return unread;
}
