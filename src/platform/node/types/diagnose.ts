import { relative } from 'node:path';
import type { CheckerAnswer, Diagnostic } from '../../../vocabulary/ports.ts';
import { classicCompiler } from './classicCompiler.ts';
import { importersOf } from './importers.ts';
import { nativeCompiler } from './nativeCompiler.ts';
import { type Compiler, type CompilerError, type OpenProject, slashed } from './openProject.ts';
import { checkedJs, isPlanted, planted, saysChecked } from './planted.ts';
import { compilerOf } from './projectCompiler.ts';
import type { Question } from './protocol.ts';
import { countedErrors } from './sureErrors.ts';

/** Projects that are kept ready. */
const mostProjects = 2;
/** How long a compiler that has reported a planted error is taken for awake, in ms. */
const awakeMs = 5 * 60_000;

interface Kept {
  readonly entry: string;
  readonly folder: string;
  /** The file that it was opened for, which is all that a loose project is good for. */
  readonly path: string;
  readonly project: OpenProject;
  /** When it last reported a planted error, by file. */
  readonly awakeAt: Map<string, number>;
  /** What was found of texts before, by file: a repair asks about them again. */
  readonly known: Map<string, { readonly asked: string; readonly found: Found }>;
}

interface Found {
  readonly diagnostics: readonly Diagnostic[];
  readonly importers: readonly string[];
}

const compilers = new Map<string, Promise<Compiler>>();
/** The one that was asked last is the last. */
let kept: Kept[] = [];

/** Answers one question; throws where the compiler breaks. */
export async function diagnose(question: Question, started: (pid: number) => void): Promise<CheckerAnswer> {
  const found = compilerOf(question.path, question.folder);
  if (!found.found) return { asked: false, why: found.why };
  const { kind, entry } = found.compiler;
  let compiler = compilers.get(entry);
  if (!compiler) {
    compiler = kind === 'native' ? nativeCompiler(entry, started) : Promise.resolve(classicCompiler(entry));
    compilers.set(entry, compiler);
  }
  const asked = new FileQuestion(question);
  const one = await keptProject(await compiler, entry, asked);
  return asked.answer(one);
}

async function keptProject(compiler: Compiler, entry: string, asked: FileQuestion): Promise<Kept> {
  const { folder } = asked.question;
  const { path } = asked;
  const known = kept.find(
    (one) =>
      one.entry === entry && one.folder === folder && (one.path === path || one.project.includes(path)),
  );
  kept = kept.filter((one) => one !== known);
  const state = (await known?.project.look()) ?? 'stale';
  if (known && state !== 'stale') {
    if (state === 'changed') known.known.clear();
    kept.push(known);
    return known;
  }
  known?.project.dispose();
  while (kept.length >= mostProjects) kept.shift()?.project.dispose();
  const project = await compiler.open(asked.question.path, folder, asked.laidBefore());
  const fresh: Kept = { entry, folder, path, project, awakeAt: new Map(), known: new Map() };
  kept.push(fresh);
  return fresh;
}

/** What is asked about one file, in the project that it belongs to. */
class FileQuestion {
  readonly question: Question;
  readonly path: string;
  readonly #javaScript: boolean;
  readonly #forced: boolean;
  readonly #open: ReadonlyMap<string, string>;

  constructor(question: Question) {
    this.question = question;
    this.path = slashed(question.path);
    this.#javaScript = question.languageId.startsWith('javascript');
    this.#forced = this.#javaScript && !saysChecked(question.after ?? question.before ?? '');
    this.#open = new Map(question.open.map(({ path, text }) => [slashed(path), text]));
  }

  laidBefore(): ReadonlyMap<string, string> {
    return this.#laid(this.question.before ?? '').texts;
  }

  async answer(one: Kept): Promise<CheckerAnswer> {
    const { before, after } = this.question;
    if (!(await this.#isAwake(one, before ?? ''))) return { asked: false, why: 'asleep' };
    const was = await this.#before(one, before);
    if (after === undefined) return { asked: true, before: was.diagnostics, after: was.diagnostics };
    const is = await this.#errors(one, after, was.importers);
    return { asked: true, before: was.diagnostics, after: is };
  }

  async #isAwake(one: Kept, text: string): Promise<boolean> {
    const now = performance.now();
    const last = one.awakeAt.get(this.path);
    if (last !== undefined && now - last < awakeMs) return true;
    const { texts, shift } = this.#laid(planted(text, this.#javaScript));
    await one.project.lay(texts);
    const errors = await one.project.errors(this.path);
    if (!errors.some(({ message, start }) => isPlanted(message, start - shift, text))) return false;
    one.awakeAt.set(this.path, now);
    return true;
  }

  async #before(one: Kept, text: string | undefined): Promise<Found> {
    if (text === undefined) return { diagnostics: [], importers: [] };
    const asked = [text, ...this.question.open.flatMap((file) => [file.path, file.text])].join('\0');
    const known = one.known.get(this.path);
    if (known?.asked === asked) return known.found;
    await one.project.lay(this.#laid(text).texts);
    const importers = importersOf(this.path, await one.project.sources(), this.#open);
    const found = { diagnostics: await this.#errors(one, text, importers), importers };
    one.known.set(this.path, { asked, found });
    return found;
  }

  async #errors(one: Kept, text: string, importers: readonly string[]): Promise<readonly Diagnostic[]> {
    const { texts, shift } = this.#laid(text);
    const { project } = one;
    await project.lay(texts);
    const loose = project.loose || (this.#forced && !project.checksJs);
    const own = countedErrors(await project.errors(this.path), loose, this.#javaScript);
    const diagnostics = own.map((error) => diagnosticOf(error, text, shift));
    for (const path of importers) {
      const errors = countedErrors(await project.errors(path), project.loose, /\.[cm]?jsx?$/.test(path));
      const name = relative(this.question.folder, path);
      for (const error of errors)
        diagnostics.push({ ...diagnosticOf(error, '', 0), line: 1, path: slashed(name) });
    }
    return diagnostics;
  }

  #laid(text: string): { readonly texts: ReadonlyMap<string, string>; readonly shift: number } {
    const checked = this.#forced ? checkedJs(text) : { text, added: 0 };
    return { texts: new Map([...this.#open, [this.path, checked.text]]), shift: checked.added };
  }
}

function diagnosticOf({ code, start, message }: CompilerError, text: string, shift: number): Diagnostic {
  const line = text.slice(0, Math.max(0, start - shift)).split('\n').length;
  return { line, message, code: String(code) };
}
