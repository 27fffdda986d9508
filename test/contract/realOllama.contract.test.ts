import { after, before, describe } from 'node:test';
import { closeDirectFetch } from '../../src/providers/directFetch.ts';
import { answerContract } from './answerContract.ts';
import { faultContract } from './faultContract.ts';
import { privateSubject } from './privateOllama.ts';
import { type Subject, visitedSubject } from './subject.ts';
import { wireContract } from './wireContract.ts';

const url = process.env.MAIA_TEST_OLLAMA;
/** Where that Ollama is installed: with it, one of the test's own is started and may be troubled. */
const installed = process.env.MAIA_TEST_OLLAMA_DIR;

describe('a real Ollama', { skip: url || installed ? false : 'MAIA_TEST_OLLAMA is not set' }, () => {
  let subject: Subject;
  before(async () => {
    subject = installed ? await privateSubject(installed) : await visitedSubject(url ?? '');
  });
  after(async () => {
    await subject.close();
    await closeDirectFetch();
  });
  wireContract(() => subject);
  answerContract(() => subject);
  faultContract(() => subject, installed !== undefined);
});
