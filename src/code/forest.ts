import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Language as Grammar, Parser, type TreeCursor } from 'web-tree-sitter';
import type { SyntaxNode } from './node.ts';

/** Trees that are kept for the next question about the same text. */
const KEPT_TREES = 6;
/** UTF-16 units of text that the kept trees may have together. */
const KEPT_TEXT = 1024 * 1024;
const PAGE = 65_536;
const FIRST_PAGES = (32 * 1024 * 1024) / PAGE;
/** A 1 MiB source takes about 90 MB; a parse that needs more than this fails. */
const MOST_PAGES = (512 * 1024 * 1024) / PAGE;

export interface Forest {
  /** Loads what is needed to read a language: the engine once, each grammar on first need. */
  prepare(grammar: string): Promise<void>;
  /** The tree of a text; the same text parses once. Throws where `prepare` was not awaited. */
  tree(grammar: string, text: string): SyntaxNode;
}

/** Parsers and their trees. `engine` is the path of web-tree-sitter's WebAssembly file. */
export function plantForest(grammars: string, engine: string): Forest {
  let started: Promise<void> | undefined;
  const parsers = new Map<string, Promise<Parser>>();
  const ready = new Map<string, Parser>();
  const kept: { readonly grammar: string; readonly text: string; readonly root: SyntaxNode }[] = [];

  async function start(): Promise<void> {
    const wasmBinary = await readFile(engine);
    const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES });
    await Parser.init({ wasmBinary, wasmMemory });
  }

  async function load(grammar: string): Promise<Parser> {
    started ??= start();
    await started;
    const parser = new Parser();
    parser.setLanguage(await Grammar.load(await readFile(join(grammars, grammar))));
    ready.set(grammar, parser);
    return parser;
  }

  return {
    async prepare(grammar) {
      let parser = parsers.get(grammar);
      if (parser === undefined) {
        parser = load(grammar);
        parsers.set(grammar, parser);
      }
      await parser;
    },
    tree(grammar, text) {
      const index = kept.findIndex((each) => each.text === text && each.grammar === grammar);
      const known = index < 0 ? undefined : kept.splice(index, 1)[0];
      const entry = known ?? { grammar, text, root: parse(ready.get(grammar), text) };
      kept.unshift(entry);
      let size = 0;
      const fits = kept.findIndex((each, place) => {
        size += each.text.length;
        return place >= KEPT_TREES || (place > 0 && size > KEPT_TEXT);
      });
      if (fits > 0) kept.length = fits;
      return entry.root;
    },
  };
}

function parse(parser: Parser | undefined, text: string): SyntaxNode {
  const tree = parser?.parse(text);
  if (tree === undefined || tree === null) throw new Error('The parser has no language.');
  const cursor = tree.walk();
  try {
    return copy(cursor);
  } finally {
    cursor.delete();
    tree.delete();
  }
}

interface Growing extends SyntaxNode {
  children: Growing[];
}

/** Leaves share it: most nodes are leaves. */
const NO_CHILDREN: Growing[] = [];

/** Each look through the cursor is a call into WebAssembly, and there may be a million nodes: so there are few. */
function copy(cursor: TreeCursor): SyntaxNode {
  const kinds = new Map<number, { readonly type: string; readonly named: boolean }>();

  function nodeHere(parent: Growing | undefined): Growing {
    const id = cursor.nodeTypeId;
    let kind = kinds.get(id);
    if (kind === undefined) {
      kind = { type: cursor.nodeType, named: cursor.nodeIsNamed };
      kinds.set(id, kind);
    }
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    const node: Growing = {
      type: kind.type,
      named: kind.named,
      field: cursor.currentFieldName ?? undefined,
      start,
      end,
      missing: start === end && cursor.nodeIsMissing,
      parent,
      children: NO_CHILDREN,
    };
    if (parent?.children === NO_CHILDREN) parent.children = [node];
    else parent?.children.push(node);
    return node;
  }

  const root = nodeHere(undefined);
  let parent = root;
  if (!cursor.gotoFirstChild()) return root;
  while (true) {
    const node = nodeHere(parent);
    if (cursor.gotoFirstChild()) {
      parent = node;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      cursor.gotoParent();
      if (parent.parent === undefined) return root;
      parent = parent.parent as Growing;
    }
  }
}
