import type { TestCase } from '../../code/code.ts';
import type { Finding } from '../../vocabulary/verdict.ts';

/** Kinds of work that a test has no need of, whoever asked for it. */
type Danger = 'startsProcess' | 'deletesFiles' | 'runsText';

type Patterns = Readonly<Record<Danger, RegExp>>;

const script: Patterns = {
  startsProcess:
    /['"`](?:node:)?child_process['"`]|['"`](?:execa|shelljs|zx|cross-spawn)['"`]|\b(?:Bun\.spawn|Deno\.Command)\b/,
  deletesFiles:
    /\b(?:rmSync|rmdirSync|unlinkSync|rimraf)\s*\(|\b(?:fs|fsp|fsPromises)(?:\.promises)?\.(?:rm|rmdir|unlink)\s*\(|\{[^}\n]*\b(?:rm|rmdir|unlink)\b[^}\n]*\}\s*(?:from|=\s*require\()\s*['"`](?:node:)?fs/,
  runsText:
    /(?<![\w.$])eval\s*\(|\bnew\s+Function\s*\(|\bvm\.run\w+\s*\(|\bimport\s*\(\s*['"`](?:https?|data):/,
};

const patterns: Readonly<Record<string, Patterns>> = {
  python: {
    startsProcess:
      /\bsubprocess\.\w+\s*\(|\bfrom\s+subprocess\s+import\b|\bos\.(?:system|popen|fork|exec\w+|spawn\w+)\s*\(|\bpty\.spawn\s*\(/,
    deletesFiles:
      /\brmtree\s*\(|\bos\.(?:remove|unlink|rmdir|removedirs)\s*\(|\bPath\([^)\n]*\)\.(?:unlink|rmdir)\s*\(/,
    // What `repr` gives is often read back, to see that it is the same.
    runsText: /(?<![\w.])(?:eval|exec)\s*\((?!\s*repr\b)|(?<![\w.])__import__\s*\(/,
  },
  go: {
    startsProcess: /"os\/exec"|\bsyscall\.(?:Exec|ForkExec)\s*\(|\bos\.StartProcess\s*\(/,
    deletesFiles: /\bos\.Remove(?:All)?\s*\(/,
    runsText: /"plugin"/,
  },
  java: {
    startsProcess: /\bRuntime\.getRuntime\(\)\s*\.exec\b|\bnew\s+ProcessBuilder\b/,
    deletesFiles: /\bFiles\.delete(?:IfExists)?\s*\(|\bFileUtils\.(?:delete\w*|forceDelete)\s*\(/,
    runsText: /\bScriptEngineManager\b|\bURLClassLoader\b/,
  },
  csharp: {
    startsProcess: /\bProcess\.Start\s*\(|\bnew\s+ProcessStartInfo\b/,
    deletesFiles: /\b(?:File|Directory)\.Delete\s*\(/,
    runsText: /\bCSharpScript\b|\bAssembly\.Load\w*\s*\(/,
  },
};

/** A test may clear away what it has made itself. */
const ownFiles =
  /mkdtemp|tmpdir|tmp_path|tempfile|TemporaryDirectory|TempDir|createTemp|GetTempPath|GetRandomFileName/i;

/**
 * Starting programs, deleting files and running text as code, in the tests themselves: a comment in the code under
 * test can ask a model for it. What the code under test or its present tests do too is their business.
 * @param known texts whose ways are the project's own
 */
export function dangersOf(
  languageId: string,
  fresh: string,
  known: readonly string[],
  cases: readonly TestCase[],
): Finding[] {
  const asked = patterns[languageId] ?? (/^(?:type|java)script/.test(languageId) ? script : undefined);
  if (!asked) return [];
  const text = withoutComments(languageId, fresh);
  return (Object.entries(asked) as [Danger, RegExp][]).flatMap(([code, pattern]): Finding[] => {
    const found = pattern.exec(text);
    if (!found || known.some((one) => pattern.test(one))) return [];
    if (code === 'deletesFiles' && ownFiles.test(text)) return [];
    return [{ code, params: { test: caseAt(cases, found.index) } }];
  });
}

const calls =
  /\b(?:fetch|axios(?:\.\w+)?|got(?:\.\w+)?|(?:requests|httpx)\.\w+|urlopen|urlretrieve|https?\.(?:get|request|Get|Post|Head|PostForm)|net\.(?:connect|createConnection|Dial\w*)|create_connection|HttpClient\.new\w+|new\s+(?:WebSocket|Socket|HttpClient|WebClient))\s*\(/;
const away =
  /https?:\/\/(?!localhost|127\.|\[::1|[\w.-]*example\.|[\w.-]*\.(?:test|invalid|local)\b|schemas?\.|www\.w3\.org)/;

/** Where a test asks a host of the network by a name that it has set down before; undefined where none does. */
export function asksAway(languageId: string, fresh: string, source: string): number | undefined {
  const text = withoutComments(languageId, fresh);
  const call = calls.exec(text);
  return call && away.test(text) && !calls.test(source) ? call.index : undefined;
}

/** The test around an offset, else the first: what stands above all tests runs with it. */
export function caseAt(cases: readonly TestCase[], at: number): string {
  return (cases.find(({ span }) => span.start <= at && at < span.end) ?? cases[0])?.name ?? '';
}

/** Comments made blank, so that offsets stay; what looks like one in a text that is quoted stays too. */
export function withoutComments(languageId: string, text: string): string {
  const quoted = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/.source;
  const comment = languageId === 'python' ? /#[^\n]*/.source : /\/\/[^\n]*|\/\*[\s\S]*?\*\//.source;
  return text.replace(new RegExp(`${quoted}|(${comment})`, 'g'), (whole, found?: string) =>
    found === undefined ? whole : whole.replace(/[^\n]/g, ' '),
  );
}
