import { join } from 'node:path';
import { packageVsix } from './package/packageVsix.ts';

const root = join(import.meta.dirname, '..');
const { file, bytes } = await packageVsix(root);
console.log(`${file} (${Math.round(bytes / 1_000).toLocaleString('en')} KB)`);
