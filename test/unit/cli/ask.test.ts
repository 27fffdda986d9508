import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from '../../../src/cli/ask.ts';
import type { Output } from '../../../src/cli/output.ts';
import { createPhrases } from '../../../src/phrases/phrases.ts';
import type { Request } from '../../../src/vocabulary/request.ts';
import { longAnswer } from '../../servers/answers/longAnswer.ts';
import { startAnthropic } from '../../servers/anthropic.ts';
import { type OllamaServer, startOllama } from '../../servers/ollama.ts';
import { type Rig, requestFor, rigUp, secretForm } from '../engine/rig.ts';

let ollama: OllamaServer;
let rig: Rig;
before(async () => {
  ollama = await startOllama({
    models: ['codellama:13b', 'llama3.2:3b'],
    says: ({ turns }) => (turns.at(-1)?.text.includes('at length') ? longAnswer : undefined),
  });
  rig = await rigUp({ ollama: ollama.url });
});
after(async () => {
  await rig.close();
  await ollama.close();
});

/** What would stand on standard output and on standard error. */
function paper(): Output & { readonly out: () => string; readonly lines: string[] } {
  let out = '';
  const lines: string[] = [];
  return {
    out: () => out,
    lines,
    say: (text) => {
      out += `${text}\n`;
    },
    data: (value) => {
      out += `${JSON.stringify(value)}\n`;
    },
    model: (text) => {
      out += text;
    },
    endLine: () => {
      if (out !== '' && !out.endsWith('\n')) out += '\n';
    },
    aside: (line) => {
      lines.push(line);
    },
    status: () => undefined,
    done: () => undefined,
  };
}

async function asked(request: Request, json = false) {
  const output = paper();
  const code = await ask(request, rig.engine, createPhrases(), output, json, new AbortController().signal);
  return { code, out: output.out(), lines: output.lines };
}

test('the answer alone goes to standard output, and what is to be said of it elsewhere', async () => {
  const { code, out, lines } = await asked(requestFor('explain what a queue is', { surface: 'cli' }));
  assert.equal(code, 0);
  assert.ok(out.endsWith('\n'));
  assert.match(lines[0] ?? '', /^llama3\.2:3b: /);
  assert.match(lines.at(-1) ?? '', /^llama3\.2:3b \(local\) · paid \$0 · saved \$/);
});

test('an answer that starts again says so in the answer, where two halves could be taken for one', async () => {
  // Past the opening, of which nothing is shown yet.
  ollama.fail({ how: 'reset', afterTokens: 60 });
  const { code, out } = await asked(requestFor('explain at length what a queue is', { surface: 'cli' }));
  assert.equal(code, 0);
  const [half = '', line = '', whole = ''] = out.split(/^--- (.*) ---$/m);
  assert.notEqual(half.trim(), '');
  assert.match(line, /llama3\.2:3b stopped in mid-answer.*whole answer from codellama:13b follows/);
  assert.notEqual(whole.trim(), '');
});

test('where nobody can answer the exit code says so, and the sentence what to do', async () => {
  const word = { route: 'claude', said: 'command' } as const;
  const { code, out, lines } = await asked(requestFor('explain queues', { surface: 'cli', word }));
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.match(lines.at(-1) ?? '', /ANTHROPIC_API_KEY/);
});

test('as JSON each event is a line, the outcome the last one', async () => {
  const { out } = await asked(requestFor('explain what a queue is', { surface: 'cli' }), true);
  const events = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
  assert.equal(events[0]?.type, 'decided');
  assert.equal(events.at(-1)?.type, 'finished');
});

test('a secret keeps a question from Claude, and with --mask it goes with a placeholder', async () => {
  const claude = await startAnthropic();
  const both = await rigUp({ ollama: ollama.url, claude: claude.url, key: claude.key });
  const word = { route: 'claude', said: 'command' } as const;
  const request = requestFor(`explain TOKEN=${secretForm}`, { surface: 'cli', word });
  const signal = new AbortController().signal;
  try {
    const refused = paper();
    assert.equal(await ask(request, both.engine, createPhrases(), refused, false, signal), 1);
    assert.match(refused.lines.at(-1) ?? '', /--mask/);
    const masked = paper();
    assert.equal(await ask(request, both.engine, createPhrases(), masked, false, signal, true), 0);
    assert.equal(claude.arrivals.holds(secretForm), false);
    assert.match(JSON.stringify(claude.arrivals.to('/v1/messages').at(-1)?.json()), /TOKEN=‹secret 1›/);
    const asJson = paper();
    assert.equal(await ask(request, both.engine, createPhrases(), asJson, true, signal, true), 0);
    assert.deepEqual(asJson.out().match(/^\{"type":"finished"/gm)?.length, 1);
  } finally {
    await both.close();
    await claude.close();
  }
});
