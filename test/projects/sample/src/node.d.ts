// Stands in for @types/node, so that this sample needs no installation.
declare module 'node:assert/strict';
declare module 'node:test';
