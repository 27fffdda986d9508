import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogued, originsOf, priorOf, repairOf, sizeOf } from '../../../src/router/catalogue.ts';
import { families, roles, sources } from '../../../src/router/modelCatalogue.ts';
import { difficultyBands } from '../../../src/vocabulary/experience.ts';
import { tasks } from '../../../src/vocabulary/task.ts';
import { claude, local } from './candidates.ts';

const model = (name: string, change = {}) => local(name, {}, change).model;

describe('the catalogue of models', () => {
  test('names the source of every figure, which lies within 0 and 1', () => {
    const used = new Set<string>();
    for (const family of families)
      for (const row of family.sizes)
        for (const figure of [row.code, row.follows, row.contest]) {
          if (!figure) continue;
          assert.ok(figure[0] > 0 && figure[0] < 1, `${family.name} ${row.size}`);
          assert.ok(figure[1] in sources, `${family.name} ${row.size}: ${figure[1]}`);
          used.add(figure[1]);
        }
    assert.deepEqual([...used].sort(), Object.keys(sources).sort());
  });

  test('tells of each family who made it, under what licence, how long its window is', () => {
    for (const family of families) {
      assert.ok(family.makers.length > 0 && family.countries.length > 0 && family.licence.length > 0);
      assert.ok(family.context >= 2048, String(family.name));
      assert.ok(family.sizes.every((row, at) => at === 0 || row.size > (family.sizes[at - 1]?.size ?? 0)));
      for (const role of [...(family.meantFor ?? []), ...family.sizes.flatMap((row) => row.meantFor ?? [])])
        assert.ok(roles.includes(role));
    }
  });

  test('knows the first design’s models in their roles', () => {
    const meant = (name: string) => catalogued(model(name)).meantFor;
    assert.deepEqual(meant('codellama:13b'), ['code', 'writing']);
    assert.ok(meant('codellama:70b').includes('reasoning'));
    assert.deepEqual(meant('starcoder2:15b'), ['security']);
    assert.deepEqual(meant('llama3.2:3b'), ['light']);
    assert.deepEqual(meant('phi4:14b'), ['reasoning']);
    assert.ok(catalogued(model('codegemma:7b')).family);
  });

  test('knows today’s models, from any registry and in any packing', () => {
    for (const name of [
      'qwen2.5-coder:7b-instruct-q4_K_M',
      'qwen3-coder:30b',
      'gpt-oss:20b',
      'devstral:24b',
      'gemma3:12b',
      'deepseek-coder:6.7b',
      'granite3.3:8b',
      'mistral:latest',
      'hf.co/bartowski/Qwen2.5-Coder-14B-Instruct-GGUF:Q4_K_M',
      'smollm2:135m',
    ])
      assert.equal(priorOf(model(name), 'tests', 'easy').known, true, name);
    assert.equal(catalogued(claude('sonnet').model).family?.makers[0], 'Anthropic');
  });

  test('takes the row of a model’s size, also where the size was rounded', () => {
    const code = (name: string, change = {}) => catalogued(model(name, change)).code;
    assert.equal(code('codellama:13b'), 0.427);
    assert.equal(code('codellama:latest', { parametersBillion: 6.7 }), 0.348);
    assert.equal(code('codellama:34b'), 0.415);
    assert.equal(code('deepseek-coder:latest', { parametersBillion: 1.3 }), 0.659);
    assert.equal(sizeOf(model('smollm2:135m')), 0.135);
    assert.equal(sizeOf(model('gemma3n:e4b')), 4);
  });

  test('knows base models, which chat only where a probe says so', () => {
    assert.ok(catalogued(model('starcoder2:15b')).base);
    assert.ok(!catalogued(model('starcoder2:instruct')).base);
    assert.ok(catalogued(model('codellama:7b-code')).base);
    assert.ok(!catalogued(model('codellama:13b')).base);
  });
});

describe('a prior', () => {
  test('lies within 0 and 1 for every model, task and band, and falls as the work gets harder', () => {
    const names = ['codellama:13b', 'smollm2:135m', 'mystery', 'mystery:405b', 'qwen2.5-coder:32b', 'a:1m'];
    for (const name of names)
      for (const task of tasks) {
        const found = difficultyBands.map((band) => priorOf(model(name), task, band).prior);
        for (const one of found) assert.ok(one > 0 && one < 1, `${name} ${task} ${one}`);
        assert.deepEqual(
          found,
          found.toSorted((a, b) => b - a),
          `${name} ${task}`,
        );
      }
  });

  test('of a model that nobody knows comes from its size, says so, and weighs less', () => {
    const prior = (name: string) => priorOf(model(name), 'tests', 'medium');
    assert.equal(prior('mystery:7b').known, false);
    assert.ok(prior('mystery:70b').prior > prior('mystery:7b').prior);
    assert.ok(prior('mystery:7b').prior > prior('mystery:1b').prior);
    assert.ok(prior('mystery:7b').weight < prior('codellama:7b').weight);
    assert.ok(prior('mystery:7b').prior < prior('qwen2.5-coder:7b').prior);
  });

  test('of a model that nobody knows counts what its description tells', () => {
    const prior = (name: string, change = {}) => priorOf(model(name, change), 'tests', 'medium').prior;
    const plain = prior('mystery:7b');
    const tools = { capabilities: { chat: true, tools: true, images: false, thinking: false } };
    assert.ok(prior('mystery:7b', tools) > plain);
    assert.ok(prior('mystery:7b', { family: 'qwen3' }) > plain);
    assert.equal(prior('mystery:7b', { family: 'llama' }), plain);
    assert.ok(prior('mystery-coder:7b') > plain);
  });

  test('of held code counts its one repair, which can be worked out again', () => {
    const once = catalogued(model('codellama:13b')).code;
    const { prior } = priorOf(model('codellama:13b'), 'tests', 'medium');
    assert.ok(prior > once);
    assert.ok(Math.abs(repairOf(prior) - (1 - once)) < 1e-9);
    assert.equal(repairOf(1), 0);
    assert.equal(repairOf(0), 1);
  });
});

describe('an origin', () => {
  test('is told by the name, and by the architecture where the name says something else', () => {
    const countries = (name: string, family?: string) =>
      originsOf(model(name, family === undefined ? {} : { family })).flatMap((one) => one.countries);
    assert.deepEqual(countries('llama3.2:3b', 'llama'), ['United States']);
    assert.deepEqual(countries('our-assistant:7b', 'qwen2'), ['China']);
    assert.deepEqual(countries('mystery:7b', 'llama'), []);
    assert.deepEqual(countries('codellama-qwen:7b', 'qwen2'), ['United States', 'China']);
  });
});
