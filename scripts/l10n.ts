import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bundleFile, l10nBundle } from './l10n/bundle.ts';

/** Writes the English texts that translators start from. */
await mkdir(dirname(bundleFile), { recursive: true });
await writeFile(bundleFile, await l10nBundle());
