import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestOf } from './manifest/manifestOf.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'package.json');
const { manifest, nls } = manifestOf(JSON.parse(await readFile(file, 'utf8')));
await writeFile(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
await writeFile(join(root, 'package.nls.json'), `${JSON.stringify(nls, undefined, 2)}\n`);
