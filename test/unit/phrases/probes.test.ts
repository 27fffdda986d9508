import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeSentence, probeStepName } from '../../../src/phrases/probes.ts';
import { type ProbeResult, probeSteps } from '../../../src/vocabulary/probe.ts';

function result(change: Partial<ProbeResult>): ProbeResult {
  return {
    kind: 'tools',
    model: { provider: 'ollama', name: 'llama3.2:3b' },
    at: 0,
    passed: true,
    steps: [{ step: 'oneTool', finding: 'passed' }],
    ...change,
  };
}

test('a probe that passed says what follows from it', () => {
  assert.match(probeSentence(result({})), /^llama3\.2:3b calls tools correctly: .*tools.*\.$/);
  assert.match(probeSentence(result({ kind: 'chat' })), /^llama3\.2:3b follows a chat: .*\.$/);
});

test('a probe that failed says at which question, and what the model did', () => {
  const steps = [
    { step: 'oneTool', finding: 'passed' },
    { step: 'typedArguments', finding: 'callAsText' },
    { step: 'noCall', finding: 'needlessCall' },
  ] as const;
  const sentence = probeSentence(result({ passed: false, steps }));
  assert.match(sentence, /gets no tools.*"gives the right arguments": it wrote the call as text\.$/);
  const silent = [{ step: 'oneWord', finding: 'doesNotEnd' }] as const;
  assert.match(
    probeSentence(result({ kind: 'chat', passed: false, steps: silent })),
    /is not asked.*did not stop by itself\.$/,
  );
});

test('every question has a name of its own', () => {
  const names = [...probeSteps.tools, ...probeSteps.chat].map(probeStepName);
  assert.equal(new Set(names).size, names.length);
});
