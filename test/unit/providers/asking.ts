import type { Call } from '../../../src/providers/provider.ts';
import { ProviderError, type ProviderEvent } from '../../../src/providers/provider.ts';
import type { Model } from '../../../src/vocabulary/model.ts';

/** A call with one user message, small and unhurried. */
export function callOf(model: Model, text: string, changes: Partial<Call> = {}): Call {
  return {
    model,
    messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
    tools: [],
    toolChoice: 'auto',
    windowTokens: 2_000,
    maxOutputTokens: 256,
    think: false,
    effort: 'low',
    ...changes,
  };
}

/** A local chat model that nobody has loaded. */
export function localModel(changes: Partial<Model> = {}): Model {
  return {
    id: { provider: 'ollama', name: 'llama3.2:3b' },
    boundary: 'machine',
    route: 'local',
    capabilities: { chat: true, tools: true, images: false, thinking: false },
    contextTokens: 131_072,
    ...changes,
  };
}

export interface Heard {
  readonly events: readonly ProviderEvent[];
  readonly text: string;
  /** What the stream threw, if it did. */
  readonly error: unknown;
}

/** Reads a stream to its end, whatever that is. */
export async function hear(
  stream: AsyncIterable<ProviderEvent>,
  onEvent: (event: ProviderEvent) => void = () => {},
): Promise<Heard> {
  const events: ProviderEvent[] = [];
  let error: unknown;
  try {
    for await (const event of stream) {
      events.push(event);
      onEvent(event);
    }
  } catch (thrown) {
    error = thrown;
  }
  const text = events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('');
  return { events, text, error };
}

/** The code and remedy of a provider's error, or whatever else was thrown. */
export function told(error: unknown): unknown {
  return error instanceof ProviderError ? `${error.failure.code} ${error.remedy}` : error;
}

export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return undefined;
}

export const never: AbortSignal = new AbortController().signal;
