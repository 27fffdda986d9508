/** Follows a Markdown text as it streams, to know whether it stands inside a fenced code block. */
export class OpenFence {
  #line = '';
  #fence: string | undefined;

  push(text: string): void {
    const lines = (this.#line + text).split('\n');
    this.#line = lines.pop() ?? '';
    for (const line of lines) this.#read(line);
  }

  /** What ends the open block and the open line, so that Maia's own line stands by itself. */
  closing(): string {
    const before = this.#fence;
    this.#read(this.#line);
    const fence = this.#fence;
    this.#fence = before;
    const newLine = this.#line === '' ? '' : '\n';
    return fence === undefined ? newLine : `${newLine}${fence}\n`;
  }

  #read(line: string): void {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (!mark?.[1]) return;
    const [, run, rest = ''] = mark;
    if (this.#fence === undefined) {
      if (run.startsWith('~') || !rest.includes('`')) this.#fence = run;
    } else if (run[0] === this.#fence[0] && run.length >= this.#fence.length && rest.trim() === '')
      this.#fence = undefined;
  }
}
