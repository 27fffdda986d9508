import type { Model } from '../vocabulary/model.ts';
import { windowFor } from './ollamaBody.ts';

/** The part of the machine's memory that models may fill. */
const memoryShare = 0.8;
/** What an engine takes beside weights and window: buffers, its own program. */
const besides = 1.05;
/** Bytes of a number in the window's cache: Ollama keeps 16-bit floats unless its server was told otherwise. */
const bytesPerNumber = 2;

type Info = Readonly<Record<string, unknown>>;

/**
 * Bytes of memory that each token of a model's window takes, from what `/api/show` tells of it: a key and a value for
 * each layer's heads. Layers that only see a sliding window are counted as half of all. Undefined where it tells too
 * little.
 */
export function windowBytesPerToken(info: Info | undefined): number | undefined {
  const architecture = info?.['general.architecture'];
  if (!info || typeof architecture !== 'string') return undefined;
  const of = (name: string) => info[`${architecture}.${name}`];
  const layers = number(of('block_count'));
  const heads = number(of('attention.head_count'));
  if (layers === undefined) return undefined;
  // Latent attention keeps one short vector a layer instead of all heads' keys and values.
  const latent = number(of('attention.kv_lora_rank'));
  if (latent !== undefined)
    return layers * (latent + (number(of('rope.dimension_count')) ?? 0)) * bytesPerNumber;
  const perHead = headSizes(of, heads);
  if (perHead === undefined) return undefined;
  const kept = of('attention.head_count_kv');
  // Some architectures tell it layer by layer, with none where a layer keeps no window.
  const all = Array.isArray(kept)
    ? kept.reduce((sum: number, one) => sum + (number(one) ?? 0), 0)
    : layers * (number(kept) ?? heads ?? 0);
  if (!(all > 0)) return undefined;
  const sliding = number(of('attention.sliding_window')) !== undefined ? 0.5 : 1;
  return all * perHead * bytesPerNumber * sliding;
}

/** Numbers in one head's key and value together. */
function headSizes(of: (name: string) => unknown, heads: number | undefined): number | undefined {
  const embedding = number(of('embedding_length'));
  const usual = embedding !== undefined && heads !== undefined ? embedding / heads : undefined;
  const key = number(of('attention.key_length')) ?? usual;
  const value = number(of('attention.value_length')) ?? usual;
  return key === undefined || value === undefined ? undefined : key + value;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** Bytes that a model takes with a window of so many tokens; undefined where its size is not known. */
export function memoryOf(model: Model, windowTokens: number): number | undefined {
  if (model.sizeBytes === undefined) return undefined;
  return (model.sizeBytes + windowTokens * (model.windowBytesPerToken ?? 0)) * besides;
}

export interface Room {
  /** Bytes of the machine's own memory. */
  readonly machineBytes: number;
  /** The most that a model was seen to take there, with a GPU's own memory: it has proved that it fits. */
  readonly provenBytes: number;
  /** Bytes of models that answer somebody right now; those that are idle make room. */
  readonly takenBytes: number;
}

/**
 * Whether a model fits with a window of so many tokens. True as well where nothing is known: another machine's memory,
 * a size that nobody told.
 */
export function fitsRoom(model: Model, windowTokens: number, room: Room): boolean {
  if (model.boundary !== 'machine') return true;
  if (model.loaded && model.loaded.contextTokens >= windowTokens) return true;
  const needed = memoryOf(model, windowTokens);
  if (needed === undefined) return true;
  const most = Math.max(room.machineBytes * memoryShare, room.provenBytes);
  return needed <= most - room.takenBytes;
}

/** What this machine's memory holds, and what it was seen to hold. */
export class MachineMemory {
  readonly bytes: number;
  #provenBytes = 0;
  #loaded: readonly Model[] = [];

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  /** Takes in a fresh list of the local models. */
  looked(models: readonly Model[]): void {
    this.#loaded = models.filter(({ loaded, boundary }) => loaded !== undefined && boundary === 'machine');
    for (const { loaded } of this.#loaded)
      this.#provenBytes = Math.max(this.#provenBytes, loaded?.memoryBytes ?? 0);
  }

  /**
   * Whether a model fits with a window that holds so many tokens.
   * @param stays whether a loaded model stays in memory whatever comes; the others make room
   */
  fits(model: Model, needTokens: number, stays: (loaded: Model) => boolean): boolean {
    let takenBytes = 0;
    for (const other of this.#loaded)
      if (other.id.name !== model.id.name && stays(other)) takenBytes += ownBytes(other);
    const room = { machineBytes: this.bytes, provenBytes: this.#provenBytes, takenBytes };
    return fitsRoom(model, windowFor(model, needTokens), room);
  }
}

/** Bytes of the machine's own memory that a loaded model takes: on a Mac a GPU has none of its own. */
function ownBytes({ loaded }: Model): number {
  if (!loaded) return 0;
  return process.platform === 'darwin'
    ? loaded.memoryBytes
    : Math.max(0, loaded.memoryBytes - loaded.gpuBytes);
}
