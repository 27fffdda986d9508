import { keepPromises } from './promises.ts';

// Two files, so that two processes share the work.
keepPromises([5, 6, 7, 8]);
