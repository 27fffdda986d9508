import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { closeDirectFetch } from '../../src/providers/directFetch.ts';
import { answerContract } from './answerContract.ts';
import { faultContract } from './faultContract.ts';
import { privateSubject } from './privateOllama.ts';
import { probeContract } from './probeContract.ts';
import { type Subject, visitedSubject } from './subject.ts';
import { wireContract } from './wireContract.ts';

const url = process.env.MAIA_TEST_OLLAMA;
/** Where that Ollama is installed: with it, one of the test's own is started and may be troubled. */
const installed = process.env.MAIA_TEST_OLLAMA_DIR;

const none = url || installed ? false : 'MAIA_TEST_OLLAMA is not set';
const notMine = installed ? false : 'this server is not the test’s own: set MAIA_TEST_OLLAMA_DIR';

describe('a real Ollama', () => {
  let subject: Subject | undefined;
  before(async () => {
    if (installed) subject = await privateSubject(installed);
    else if (url) subject = await visitedSubject(url);
  });
  after(async () => {
    await subject?.close();
    await closeDirectFetch();
  });
  const the = () => {
    assert.ok(subject);
    return subject;
  };
  wireContract(the, none);
  answerContract(the, none);
  probeContract(the, none, notMine);
  faultContract(the, none || notMine);
});
