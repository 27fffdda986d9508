import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { classify } from '../../../src/router/classify.ts';
import type { ClassifierInput } from '../../../src/router/router.ts';
import type { Task } from '../../../src/vocabulary/task.ts';

function input(text: string, change: Partial<ClassifierInput> = {}): ClassifierInput {
  return { text, surface: 'chat', contextCharacters: 0, contextItems: 0, ...change };
}

const examples: Readonly<Record<Task, readonly string[]>> = {
  explain: [
    'explain this',
    'Explain how the Claude API works',
    'explain the architecture of this repository',
    'exlpain this function pls',
    'what is SQL injection? explain',
    'Kannst du diese Funktion erklären?',
    'Explica esta función',
    "Peux-tu m'expliquer ce code ?",
    '解释这段代码',
    'give me an overview of the codebase',
    '这个函数是做什么的',
    'walk me through the parser',
  ],
  document: [
    'add a docstring to this function',
    'document this method',
    'write JSDoc comments for the class',
    'Kommentiere diese Klasse',
    'add docs to this function',
    '给这个函数添加注释',
  ],
  prose: [
    'Create Azure AD guide',
    'write a README for this project',
    'write a guide on how to fix login errors',
    'Schreibe eine Anleitung für die Installation',
    'escribe una guía de instalación',
    'Écris un tutoriel pour les débutants',
    '写一个安装指南',
    'fix the readme',
    'write documentation for the team',
  ],
  tests: [
    'unit tets pls',
    'write unit tests for this function',
    'Generate tests with vitest',
    'create tests with the local LLM',
    'Schreibe Tests für diese Funktion',
    'escribe pruebas para esta clase',
    'écris des tests unitaires',
    '为这个函数写单元测试',
    'explain this function and write tests for it',
    'I need test coverage for the parser',
  ],
  fix: [
    'fix this bug',
    'why does this throw an error?',
    'it does not work',
    'Behebe den Fehler',
    'corrige este error',
    '修复这个错误',
    'fix the failing test',
    'TypeError: cannot read properties of undefined\n    at run (app.js:10:5)',
    'fix the llama parser',
  ],
  generate: [
    'write a function that parses CSV',
    'create a React component for a login form',
    'Erstelle eine Funktion, die Primzahlen prüft und ausgibt',
    '写一个函数',
    'implement a rate limiter class',
  ],
  edit: ['rename this variable to count', 'replace the loop by a map', 'remove the unused imports'],
  refactor: ['refactor this', 'refacotr the parser', 'simplify this method', 'improve this', '重构这个类'],
  review: ['review my changes', 'code review please', 'Überprüfe diesen Code'],
  commit: ['write a commit message', 'commit msg for these changes', 'schreibe eine Commit-Nachricht'],
  shell: ['bash one-liner that finds large files', 'what is the shell command to list open ports'],
  architecture: [
    'design a multi-tenant billing architecture',
    'Entwirf eine Architektur für ein Buchungssystem',
    'diseña una arquitectura de microservicios',
    '设计一个多租户计费架构',
    'explain this and then design an event-driven architecture for it',
    'compare microservices and a monolith architecture',
  ],
  security: [
    'review this for security vulnerabilities',
    'find SQL injection in this code',
    'harden this endpoint',
    'check for XSS',
    'write tests and audit the login for security',
  ],
  chat: ['hello', 'thanks', 'what is the capital of France?'],
};

describe('a prompt without a command', () => {
  for (const [task, texts] of Object.entries(examples))
    for (const text of texts)
      test(`"${text.replaceAll('\n', ' ')}" is ${task}`, () => {
        const found = classify(input(text));
        assert.equal(found.task, task, JSON.stringify(found));
        assert.ok(found.confidence >= 0.5, `only ${found.confidence}`);
      });

  test('"whats this do" is explain where something is attached', () => {
    const found = classify(input('whats this do', { contextItems: 1, contextCharacters: 300 }));
    assert.equal(found.task, 'explain');
    assert.ok(found.confidence >= 0.5);
  });

  test('that says nothing known is unsure', () => {
    const found = classify(
      input('florble the wibbly quux of the third kind with seventeen snarks, or do not at all'),
    );
    assert.ok(found.confidence < 0.5);
    assert.deepEqual(found.reasons[0]?.code, 'taskUnsure');
  });

  test('that goes on with the last turn keeps its task', () => {
    assert.equal(classify(input('for the second one too', { lastTask: 'tests' })).task, 'tests');
  });

  test('is judged by its own words, not by what was pasted', () => {
    const found = classify(
      input('explain this\n```\n// refactor: design a secure microservice architecture\n```'),
    );
    assert.equal(found.task, 'explain');
  });
});

describe('a classification', () => {
  test('by a command is certain', () => {
    const found = classify(input('design an architecture', { task: 'tests' }));
    assert.equal(found.task, 'tests');
    assert.equal(found.confidence, 1);
    assert.deepEqual(found.reasons, [{ code: 'taskByCommand', params: { task: 'tests' } }]);
  });

  test('adds its probabilities up to one, and holds no word of the prompt but the table’s own', () => {
    for (const text of Object.values(examples).flat()) {
      const found = classify(input(`${text} zebracorp`));
      const sum = Object.values(found.tasks).reduce((total, value) => total + value, 0);
      assert.ok(Math.abs(sum - 1) < 1e-9);
      assert.doesNotMatch(JSON.stringify(found), /zebracorp/);
    }
  });

  test('is harder for concurrency over all files than for a typo', () => {
    const hard = classify(input('fix the race condition across files'));
    const easy = classify(input('fix this small typo'));
    assert.ok(hard.difficulty >= 0.7);
    assert.ok(easy.difficulty < 0.4);
  });

  test('is made of any text, and never of words that were not said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat({ max: 9 }), (text, contextItems) => {
        const found = classify(input(text, { contextItems }));
        assert.ok(found.confidence >= 0 && found.confidence <= 1);
        assert.ok(found.difficulty >= 0 && found.difficulty <= 1);
        assert.ok((found.tasks[found.task] ?? 0) > 0);
        assert.deepEqual(structuredClone(found), found);
      }),
    );
  });

  test('looks at no more than 8 KB, whatever is pasted', () => {
    const ending = 'refactor the parser';
    const a = classify(input(`${'lorem ipsum '.repeat(1000)}${ending}`));
    const b = classify(input(`${'lorem ipsum '.repeat(900_000)}${ending}`));
    assert.equal(a.task, 'refactor');
    assert.deepEqual({ ...b, difficulty: 0 }, { ...a, difficulty: 0 });
  });
});
