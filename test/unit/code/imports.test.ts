import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, code, never, source } from './ask.ts';

async function imports(languageId: string, text: string) {
  const found = await answerOf(code.imports(source(languageId, text), never));
  return found.map((each) => [each.module, [...each.names], text.slice(each.span.start, each.span.end)]);
}

test('TypeScript and JavaScript: every form of import', async () => {
  const text = `import React, { useState as state, type FC } from 'react';
import * as path from "node:path";
import './setup.css';
import type { A } from '../a.ts';
import fs = require('fs');
const { join, x: { y } } = require('path');
require('./effects');
export { b } from './b';
export * from './c';
const lazy = await import('./lazy');
call(require(name));
`;
  assert.deepEqual(await imports('typescript', text), [
    ['react', ['React', 'state', 'FC'], "import React, { useState as state, type FC } from 'react';"],
    ['node:path', ['path'], 'import * as path from "node:path";'],
    ['./setup.css', [], "import './setup.css';"],
    ['../a.ts', ['A'], "import type { A } from '../a.ts';"],
    ['fs', ['fs'], "import fs = require('fs');"],
    ['path', ['join', 'y'], "const { join, x: { y } } = require('path');"],
    ['./effects', [], "require('./effects');"],
    ['./b', [], "export { b } from './b';"],
    ['./c', [], "export * from './c';"],
    ['./lazy', ['lazy'], "const lazy = await import('./lazy');"],
  ]);
});

test('Python: absolute, relative, aliased, starred', async () => {
  const text = `from __future__ import annotations
import os.path, numpy as np
from ..shop.cart import Cart as C, Line
from . import (
    a,
    b,
)
try:
    from fast import *
except ImportError:
    pass
`;
  assert.deepEqual(await imports('python', text), [
    ['__future__', ['annotations'], 'from __future__ import annotations'],
    ['os.path', ['os'], 'import os.path, numpy as np'],
    ['numpy', ['np'], 'import os.path, numpy as np'],
    ['..shop.cart', ['C', 'Line'], 'from ..shop.cart import Cart as C, Line'],
    ['.', ['a', 'b'], 'from . import (\n    a,\n    b,\n)'],
    ['fast', ['*'], 'from fast import *'],
  ]);
});

test('Go: single and grouped, named and blank', async () => {
  const group = 'import (\n\t"fmt"\n\tm "math/rand"\n\t_ "embed"\n\t. "strings"\n)';
  assert.deepEqual(await imports('go', `package p\nimport "os"\n${group}\n`), [
    ['os', [], 'import "os"'],
    ['fmt', [], group],
    ['math/rand', ['m'], group],
    ['embed', ['_'], group],
    ['strings', ['.'], group],
  ]);
});

test('Java: classes, wildcards, static members', async () => {
  const text =
    'package p;\nimport java.util.List;\nimport java.io.*;\nimport static org.junit.jupiter.api.Assertions.assertEquals;\nimport static a.B.*;\n';
  assert.deepEqual(await imports('java', text), [
    ['java.util', ['List'], 'import java.util.List;'],
    ['java.io', ['*'], 'import java.io.*;'],
    [
      'org.junit.jupiter.api.Assertions',
      ['assertEquals'],
      'import static org.junit.jupiter.api.Assertions.assertEquals;',
    ],
    ['a.B', ['*'], 'import static a.B.*;'],
  ]);
});

test('C#: namespaces, aliases, static and global', async () => {
  const text =
    'global using System;\nusing System.Text;\nusing Xs = System.Collections.Generic.List<int>;\nusing static System.Math;\nnamespace N { using Inner.Space; class A { void M() { using var f = Open(); } } }\n';
  assert.deepEqual(await imports('csharp', text), [
    ['System', [], 'global using System;'],
    ['System.Text', [], 'using System.Text;'],
    ['System.Collections.Generic.List<int>', ['Xs'], 'using Xs = System.Collections.Generic.List<int>;'],
    ['System.Math', ['*'], 'using static System.Math;'],
    ['Inner.Space', [], 'using Inner.Space;'],
  ]);
});
