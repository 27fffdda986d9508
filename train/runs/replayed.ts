import { policyOf } from '../../src/platform/policyOf.ts';
import { createMeasurements } from '../../src/providers/measurements.ts';
import { isHeld } from '../../src/router/heldTask.ts';
import { checkMs, predictTime } from '../../src/router/predictedTime.ts';
import type { Candidate, Model } from '../../src/vocabulary/model.ts';
import type { RecordedRun, Recording } from './recordedRuns.ts';

/** One recorded run with what was foretold of it; times in milliseconds until the user has something. */
export interface Replayed {
  readonly run: RecordedRun;
  readonly held: boolean;
  /** Whether anything of this model had been measured before. */
  readonly measured: boolean;
  readonly predictedMs: number;
  /** The same, had the length of the answer been known. */
  readonly predictedForLengthMs: number;
  /** The first token of what streams; the answer of what is held, and its check as long as it is foretold. */
  readonly realMs: number;
  /** Whether it was rightly foretold to be within the user's patience, or not. */
  readonly patienceRight: boolean;
}

const { patience } = policyOf(() => ({}), {});
const host = '127.0.0.1:11434';

/**
 * Plays a recording through what the engine does: each run is foretold from the runs before it, then measured.
 * @param learning false: nothing is ever measured, as on a machine on which Maia is new
 */
export function replay(recording: Recording, learning: boolean): readonly Replayed[] {
  let now = 0;
  const measurements = createMeasurements({
    now: () => now,
    monotonic: () => now,
    sleep: async () => {},
  });
  return recording.runs.map((run) => {
    const model = modelOf(recording, run);
    const speed = measurements.speed(model);
    const loadBytesPerSecond = measurements.loadBytesPerSecond(model);
    const candidate: Candidate = {
      model,
      state: 'ready',
      busy: false,
      fitsMemory: true,
      toolsProven: false,
      ...(speed ? { speed } : {}),
      ...(loadBytesPerSecond === undefined ? {} : { loadBytesPerSecond }),
    };
    const held = isHeld(run.task);
    const asked = {
      task: run.task,
      promptTokens: run.estimatedTokens,
      neededTokens: run.estimatedTokens,
      repair: 0,
    };
    const predictedMs = predictTime(candidate, asked).usefulMs;
    const realMs = held ? run.totalMs + checkMs : run.firstTokenMs;
    const bears = held ? patience.heldMs : patience.streamedMs;
    if (learning) {
      const startedAt = now + 1;
      now = startedAt + run.totalMs;
      measurements.add(attemptOf(run, model, startedAt), model);
    }
    return {
      run,
      held,
      measured: speed !== undefined,
      predictedMs,
      predictedForLengthMs: predictTime(candidate, { ...asked, outputTokens: run.outputTokens }).usefulMs,
      realMs,
      patienceRight: predictedMs <= bears === realMs <= bears,
    };
  });
}

function modelOf(recording: Recording, { loaded }: RecordedRun): Model {
  const { model, sizeBytes, parametersBillion, windowTokens } = recording;
  const inMemory = { contextTokens: windowTokens, memoryBytes: sizeBytes, gpuBytes: 0 };
  return {
    id: { provider: 'ollama', name: model },
    boundary: 'machine',
    host,
    route: 'local',
    parametersBillion,
    sizeBytes,
    capabilities: { chat: true, tools: false, images: false, thinking: false },
    contextTokens: windowTokens,
    ...(loaded ? { loaded: inMemory } : {}),
  };
}

function attemptOf(run: RecordedRun, model: Model, startedAt: number) {
  const { firstTokenMs, totalMs, loadMs, promptMs, generateMs, promptTokens, outputTokens } = run;
  return {
    index: 0,
    model: model.id,
    route: model.route,
    boundary: model.boundary,
    host,
    startedAt,
    firstTokenMs,
    totalMs,
    loadMs,
    promptMs,
    generateMs,
    promptTokensRead: promptTokens,
    usage: {
      inputTokens: promptTokens,
      outputTokens,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      cacheWrite1hTokens: 0,
    },
    end: 'complete' as const,
  };
}
