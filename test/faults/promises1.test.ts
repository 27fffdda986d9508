import { keepPromises } from './promises.ts';

// Two files, so that two processes share the work.
keepPromises([1, 2, 3, 4]);
