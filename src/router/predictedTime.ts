import type { TimeEstimate } from '../vocabulary/decision.ts';
import type { Candidate, Model } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';
import { catalogued, fileBytes } from './catalogue.ts';
import { isHeld } from './heldTask.ts';

/**
 * What is taken for a machine of which nothing was ever measured: an Apple M2 Max, which reads 7B Q4_0 (3.8 GB) at some
 * 600 and writes it at some 60 tokens a second (llama.cpp's own table for Apple silicon, 2023). That is the better sort
 * of developer's machine, on purpose: a guess that is too kind costs one slow answer, after which figures are known; one
 * that is too harsh would never be put right.
 */
export const usualMachine = {
  /** Bytes of weights read in a second while writing: 60 × 3.8 GB. */
  bytesPerSecond: 230e9,
  /** Tokens of a prompt read in the time that one is written. */
  readToWrite: 10,
  /** Bytes of a file loaded in a second: an NVMe disk of the slower sort. */
  loadBytesPerSecond: 1.5e9,
} as const;

/** Claude over the network, where nothing was measured yet. */
const usualClaude = { firstTokenMs: 1_500, tokensPerSecond: 60 } as const;

/** Milliseconds of a request before its prompt is read. */
const overheadMs = 50;

/** Milliseconds that checking a held answer takes. */
export const checkMs = 500;

/** Tokens that a model thinks before its answer where it can't be told not to. */
const thinkingTokens = 300;

/** Tokens of an answer that is being written when somebody else asks: half of a long one. */
const tokensInFront = 300;

/** Tokens that the answer to a task usually takes. Set by judgement from what the tasks ask for. */
export const usualTokens: Readonly<Record<Task, number>> = {
  commit: 60,
  shell: 80,
  document: 150,
  chat: 250,
  explain: 300,
  edit: 500,
  fix: 500,
  review: 500,
  security: 600,
  generate: 700,
  architecture: 800,
  tests: 800,
  refactor: 800,
  prose: 900,
};

/** What a prediction needs to know of a request. */
export interface Asked {
  readonly task: Task;
  readonly promptTokens: number;
  /** Tokens that prompt and answer need together: a window that is allocated smaller is loaded anew. */
  readonly neededTokens: number;
  /** 0..1, how likely a held answer needs its one repair. */
  readonly repair: number;
  /** Tokens of the answer; the task's usual ones where absent. */
  readonly outputTokens?: number;
}

/** In memory with a window that is wide enough: no load before the first token. */
export function isReady({ model }: Pick<Candidate, 'model'>, neededTokens: number): boolean {
  return model.loaded !== undefined && model.loaded.contextTokens >= neededTokens;
}

/** Bytes of weights that one token takes: a mixture of experts reads a part of its file only. */
function bytesPerToken(model: Model): number {
  const { active, size } = catalogued(model);
  return fileBytes(model) * (active / size);
}

/**
 * Bytes of weights that a model's host reads in a second while writing, from the measured model there that is nearest in
 * size; undefined where none was measured.
 */
export function hostSpeed(model: Model, candidates: readonly Candidate[]): number | undefined {
  let best: { readonly apart: number; readonly speed: number } | undefined;
  for (const { model: other, speed } of candidates) {
    if (!speed || other.route !== 'local' || other.host !== model.host) continue;
    const bytes = bytesPerToken(other);
    const apart = Math.abs(Math.log(bytes / bytesPerToken(model)));
    const found = { apart, speed: bytes * speed.tokensPerSecond };
    if (!best || apart < best.apart || (apart === best.apart && found.speed > best.speed)) best = found;
  }
  return best?.speed;
}

/**
 * When the user would have something, in milliseconds: the first token of what streams; the checked answer of what is
 * held, with a repair at its probability. A model that is cold loads first, one that is busy finishes first.
 * @param hostBytesPerSecond what `hostSpeed` found, for a model that was never measured itself
 */
export function predictTime(candidate: Candidate, asked: Asked, hostBytesPerSecond?: number): TimeEstimate {
  const { model, speed } = candidate;
  const remote = model.route !== 'local';
  const tokensPerSecond = Math.max(
    0.01,
    speed?.tokensPerSecond ??
      (remote
        ? usualClaude.tokensPerSecond
        : (hostBytesPerSecond ?? usualMachine.bytesPerSecond) / bytesPerToken(model)),
  );
  const tokens = asked.outputTokens ?? usualTokens[asked.task];
  const thinkMs = catalogued(model).thinks ? (thinkingTokens / tokensPerSecond) * 1000 : 0;
  const writeMs = (tokens / tokensPerSecond) * 1000;
  const readMs = remote
    ? (speed?.firstTokenMs ?? usualClaude.firstTokenMs)
    : overheadMs +
      (asked.promptTokens /
        Math.max(0.1, speed?.promptTokensPerSecond ?? tokensPerSecond * usualMachine.readToWrite)) *
        1000;
  const queueMs = candidate.busy && !remote ? (tokensInFront / tokensPerSecond) * 1000 : 0;
  const waitMs = queueMs + (remote || isReady(candidate, asked.neededTokens) ? 0 : loadMs(candidate));
  const firstTokenMs = waitMs + readMs + thinkMs;
  // A repair finds its prompt in the cache, all but its end.
  const usefulMs = isHeld(asked.task)
    ? firstTokenMs + writeMs + checkMs + asked.repair * (overheadMs + thinkMs + writeMs + checkMs)
    : firstTokenMs;
  return {
    waitMs: Math.round(waitMs),
    firstTokenMs: Math.round(firstTokenMs),
    usefulMs: Math.round(usefulMs),
    measured: speed !== undefined || hostBytesPerSecond !== undefined,
  };
}

function loadMs({ model, speed, loadBytesPerSecond }: Candidate): number {
  return (
    speed?.loadMs ??
    (fileBytes(model) / Math.max(1e6, loadBytesPerSecond ?? usualMachine.loadBytesPerSecond)) * 1000
  );
}
