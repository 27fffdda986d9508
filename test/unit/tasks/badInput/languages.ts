import type { Target } from '../../../../src/vocabulary/request.ts';
import type { Task } from '../../../../src/vocabulary/task.ts';
import { targetOf } from '../ask.ts';

/** A function in one language, with answers that are right for it. */
export interface Example {
  readonly path: string;
  /** The file, with the cursor in the function. */
  readonly text: string;
  /** The fence's word for the language, and one for another language. */
  readonly fence: string;
  readonly other: string;
  /** A right comment. */
  readonly comment: string;
  /** The function, changed rightly. */
  readonly changed: string;
  /** The line of the function that a change replaces, and what it becomes. */
  readonly line: readonly [string, string];
  /** A right test file. */
  readonly tests: string;
}

export const examples: Readonly<Record<string, Example>> = {
  typescript: {
    path: '/project/src/area.ts',
    text: 'const rate = 2;\n\nexport function area(width: number, height: number): number {\n  const plain = width * height;\n  ¦return plain * rate;\n}\n\nexport const half = (value: number) => value / 2;\n',
    fence: 'ts',
    other: 'python',
    comment:
      '/**\n * Area of a rectangle.\n *\n * @param width - in metres\n * @param height - in metres\n * @returns square metres\n */',
    changed:
      'export function area(width: number, height: number): number {\n  const plain = height * width;\n  return rate * plain;\n}',
    line: ['  return plain * rate;', '  return rate * plain;'],
    tests:
      "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { area } from './area.ts';\n\ntest('doubles the plain area', () => {\n  assert.equal(area(2, 3), 12);\n});",
  },
  python: {
    path: '/project/shop/area.py',
    text: 'RATE = 2\n\n\ndef area(width, height):\n    plain = width * height\n    ¦return plain * RATE\n\n\ndef half(value):\n    return value / 2\n',
    fence: 'python',
    other: 'ts',
    comment:
      '"""Area of a rectangle.\n\nArgs:\n    width: In metres.\n    height: In metres.\n\nReturns:\n    Square metres.\n"""',
    changed: 'def area(width, height):\n    plain = height * width\n    return RATE * plain',
    line: ['    return plain * RATE', '    return RATE * plain'],
    tests: 'from shop.area import area\n\n\ndef test_doubles_the_plain_area():\n    assert area(2, 3) == 12',
  },
  go: {
    path: '/project/area.go',
    text: 'package shapes\n\nconst rate = 2\n\nfunc Area(width, height int) int {\n\tplain := width * height\n\t¦return plain * rate\n}\n',
    fence: 'go',
    other: 'python',
    comment: '// Area gives the area of a rectangle of width and height.',
    changed: 'func Area(width, height int) int {\n\tplain := height * width\n\treturn rate * plain\n}',
    line: ['\treturn plain * rate', '\treturn rate * plain'],
    tests:
      'package shapes\n\nimport "testing"\n\nfunc TestArea(t *testing.T) {\n\tif got := Area(2, 3); got != 12 {\n\t\tt.Errorf("got %d", got)\n\t}\n}',
  },
  java: {
    path: '/project/src/main/java/shapes/Shapes.java',
    text: 'package shapes;\n\npublic class Shapes {\n  private static final int RATE = 2;\n\n  public static int area(int width, int height) {\n    int plain = width * height;\n    ¦return plain * RATE;\n  }\n}\n',
    fence: 'java',
    other: 'python',
    comment:
      '/**\n * Area of a rectangle.\n *\n * @param width in metres\n * @param height in metres\n * @return square metres\n */',
    changed:
      'public static int area(int width, int height) {\n  int plain = height * width;\n  return RATE * plain;\n}',
    line: ['    return plain * RATE;', '    return RATE * plain;'],
    tests:
      'package shapes;\n\nimport static org.junit.jupiter.api.Assertions.assertEquals;\n\nimport org.junit.jupiter.api.Test;\n\nclass ShapesTest {\n  @Test\n  void doublesThePlainArea() {\n    assertEquals(12, Shapes.area(2, 3));\n  }\n}',
  },
};

/** The tasks that change code, with what answers each rightly. */
export const writing: Readonly<Partial<Record<Task, (example: Example) => string>>> = {
  document: ({ comment }) => comment,
  tests: ({ tests }) => tests,
  edit: ({ changed }) => changed,
  fix: ({ changed }) => changed,
  refactor: ({ changed }) => changed,
};

export function exampleTarget({ path, text }: Example, more: Partial<Target> = {}): Target {
  return targetOf(path, text, more);
}

export function fenced(text: string, info: string): string {
  return `\`\`\`${info}\n${text}\n\`\`\``;
}
