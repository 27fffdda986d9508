import { after, before, describe } from 'node:test';
import { closeDirectFetch } from '../../src/providers/directFetch.ts';
import { answerContract } from './answerContract.ts';
import { faultContract } from './faultContract.ts';
import { probeContract } from './probeContract.ts';
import { practiceSubject, type Subject } from './subject.ts';
import { wireContract } from './wireContract.ts';

describe('the practice server', () => {
  let subject: Subject;
  before(async () => {
    subject = await practiceSubject();
  });
  after(async () => {
    await subject.close();
    await closeDirectFetch();
  });
  wireContract(() => subject, false);
  answerContract(() => subject, false);
  probeContract(() => subject, false);
  faultContract(() => subject, false);
});
