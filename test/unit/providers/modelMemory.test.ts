import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MachineMemory, memoryOf, windowBytesPerToken } from '../../../src/providers/modelMemory.ts';
import type { Model } from '../../../src/vocabulary/model.ts';
import { localModel } from './asking.ts';

const gib = 2 ** 30;

test('A window takes a key and a value for each layer’s heads', () => {
  const smollm = {
    'general.architecture': 'llama',
    'llama.attention.head_count': 9,
    'llama.attention.head_count_kv': 3,
    'llama.block_count': 30,
    'llama.embedding_length': 576,
  };
  // SmolLM2-135M on a real server: 98,362,745 bytes of file, 210,690,374 in memory with a window of 4,096.
  assert.equal(windowBytesPerToken(smollm), 23_040);
  const model = localModel({ sizeBytes: 98_362_745, windowBytesPerToken: 23_040 });
  const guess = memoryOf(model, 4_096) ?? 0;
  assert.ok(Math.abs(guess / 210_690_374 - 1) < 0.06, `${guess}`);
});

test('Heads that are told layer by layer, sizes of their own, sliding windows and latent attention are counted', () => {
  const info = (more: Record<string, unknown>) => ({
    'general.architecture': 'a',
    'a.attention.head_count': 8,
    'a.attention.head_count_kv': 2,
    'a.block_count': 4,
    'a.embedding_length': 512,
    ...more,
  });
  assert.equal(windowBytesPerToken(info({})), 4 * 2 * 128 * 2);
  assert.equal(windowBytesPerToken(info({ 'a.attention.head_count_kv': [2, 0, 0, 2] })), 2 * 2 * 128 * 2);
  assert.equal(
    windowBytesPerToken(info({ 'a.attention.key_length': 100, 'a.attention.value_length': 60 })),
    4 * 2 * 160 * 2,
  );
  assert.equal(windowBytesPerToken(info({ 'a.attention.sliding_window': 1_024 })), 4 * 2 * 128);
  assert.equal(
    windowBytesPerToken(info({ 'a.attention.kv_lora_rank': 512, 'a.rope.dimension_count': 64 })),
    4 * 576 * 2,
  );
});

test('What tells too little gives no figure', () => {
  for (const info of [undefined, {}, { 'general.architecture': 'a' }, { 'general.architecture': 7 }])
    assert.equal(windowBytesPerToken(info), undefined);
});

function big(name: string, changes: Partial<Model> = {}): Model {
  return localModel({
    id: { provider: 'ollama', name },
    sizeBytes: 4 * gib,
    windowBytesPerToken: 131_072,
    ...changes,
  });
}

const inMemory = (contextTokens: number, bytes: number) => ({
  loaded: { contextTokens, memoryBytes: bytes, gpuBytes: 0 },
});
const idle = () => false;

test('The window that would be allocated counts, not the file alone', () => {
  const memory = new MachineMemory(8 * gib);
  const model = big('a:8b');
  assert.equal(memory.fits(model, 3_000, idle), true);
  assert.equal(memory.fits(model, 30_000, idle), false, '4 GiB of window beside 4 GiB of weights');
});

test('A loaded model fits with the window that it has, and has to fit anew with a wider one', () => {
  const memory = new MachineMemory(8 * gib);
  const model = big('a:8b', inMemory(32_768, 5 * gib));
  memory.looked([model]);
  assert.equal(memory.fits(model, 32_768, idle), true);
  assert.equal(memory.fits(model, 60_000, idle), false);
});

test('Idle models make room, those that answer somebody do not', () => {
  const memory = new MachineMemory(10 * gib);
  const other = big('other:8b', inMemory(4_096, 5 * gib));
  const model = big('a:8b');
  memory.looked([other, model]);
  assert.equal(memory.fits(model, 0, idle), true);
  assert.equal(
    memory.fits(model, 0, ({ id }) => id.name === 'other:8b'),
    false,
  );
});

test('What a machine was once seen to hold it can hold again, whatever its own memory', () => {
  const memory = new MachineMemory(4 * gib);
  const model = big('a:20b', { sizeBytes: 12 * gib });
  assert.equal(memory.fits(model, 0, idle), false);
  memory.looked([big('b:22b', { ...inMemory(4_096, 14 * gib), sizeBytes: 13 * gib })]);
  memory.looked([]);
  assert.equal(memory.fits(model, 0, idle), true);
});

test('Of another machine, and of a model of unknown size, nothing is claimed', () => {
  const memory = new MachineMemory(1 * gib);
  assert.equal(memory.fits(big('a:70b', { boundary: 'network' }), 100_000, idle), true);
  const { sizeBytes: _none, ...unknown } = big('a:70b');
  assert.equal(memory.fits(unknown, 4_000, idle), true);
});
