import { tokenize } from '../wire/tokens.ts';
import { newId } from './apiError.ts';
import type { MessageJob } from './messageStream.ts';

/** One token of a message, with what goes around it. */
export interface Piece {
  readonly block: 'thinking' | 'text' | 'tool_use';
  readonly index: number;
  /** What opens the block, with its first piece. */
  readonly start?: object;
  readonly delta?: object;
  /** What closes the block's content, with its last piece. */
  readonly close?: object;
  readonly stop: boolean;
  readonly text: string;
}

function block(
  kind: Piece['block'],
  index: number,
  start: object,
  texts: readonly string[],
  delta: (text: string) => object | undefined,
  close?: object,
): Piece[] {
  return texts.map((text, at) => ({
    block: kind,
    index,
    start: at === 0 ? start : undefined,
    delta: delta(text),
    close: at === texts.length - 1 ? close : undefined,
    stop: at === texts.length - 1,
    text,
  }));
}

/** A message token by token: thinking, text, calls. */
export function piecesOf(
  { answer, request, thinks, requestId }: Pick<MessageJob, 'answer' | 'request' | 'thinks' | 'requestId'>,
  shownThinking: boolean,
): Piece[] {
  const stop = (request.stop_sequences ?? [])
    .map((each) => answer.text.indexOf(each))
    .filter((at) => at >= 0)
    .sort((a, b) => a - b)[0];
  const all: Piece[] = [];
  if (thinks)
    all.push(
      ...block(
        'thinking',
        0,
        { type: 'thinking', thinking: '', signature: '' },
        tokenize(answer.thinking),
        (text) => (shownThinking ? { type: 'thinking_delta', thinking: text } : undefined),
        { type: 'signature_delta', signature: Buffer.from(requestId).toString('base64') },
      ),
    );
  const texts = tokenize(answer.text.slice(0, stop));
  let index = all.length > 0 ? 1 : 0;
  if (texts.length > 0) {
    all.push(
      ...block('text', index, { type: 'text', text: '' }, texts, (text) => ({ type: 'text_delta', text })),
    );
    index += 1;
  }
  for (const call of answer.calls) {
    const start = { type: 'tool_use', id: newId('toolu'), name: call.name, input: {} };
    const json = tokenize(JSON.stringify(call.input));
    all.push(
      ...block('tool_use', index, start, ['', ...json], (text) => ({
        type: 'input_json_delta',
        partial_json: text,
      })),
    );
    index += 1;
  }
  return all;
}
