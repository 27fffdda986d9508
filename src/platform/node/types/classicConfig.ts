import { dirname, join } from 'node:path';
import type { ClassicApi, ParsedConfig } from './classicApi.ts';
import { looseConfig, nearestConfig } from './configuration.ts';
import { slashed } from './openProject.ts';

export interface FoundConfig {
  /** Absolute; of a configuration that is not written too. */
  readonly name: string;
  readonly parsed: ParsedConfig;
  readonly loose: boolean;
}

/** How many configurations are looked into for the one that takes a file in. */
const mostLooked = 40;

/** The configuration that takes the file in, as the editor finds it; else one for this file alone. */
export function configFor(api: ClassicApi, path: string, top: string): FoundConfig {
  const file = slashed(path);
  const nearest = nearestConfig(path, top);
  for (let at = nearest; at !== undefined; at = above(at, top)) {
    const found = including(api, at, file);
    if (found) return { ...found, loose: false };
  }
  const made = looseConfig(file, nearest);
  return { name: made.name, parsed: parse(api, made.name, JSON.parse(made.text)), loose: true };
}

/** Breadth first: the configuration itself, then the ones that it refers to. */
function including(api: ClassicApi, first: string, file: string): Omit<FoundConfig, 'loose'> | undefined {
  const same = (one: string) =>
    api.sys.useCaseSensitiveFileNames ? one === file : one.toLowerCase() === file.toLowerCase();
  const seen = new Set<string>();
  const queue = [first];
  for (const name of queue) {
    if (seen.has(name) || seen.size >= mostLooked) continue;
    seen.add(name);
    const json = api.readConfigFile(name, (read) => api.sys.readFile(read)).config;
    if (!json) continue;
    const parsed = parse(api, name, json);
    if (parsed.fileNames.some(same)) return { name, parsed };
    for (const { path } of parsed.projectReferences ?? [])
      queue.push(slashed(/\.json$/.test(path) ? path : join(path, 'tsconfig.json')));
  }
  return undefined;
}

function above(config: string, top: string): string | undefined {
  const folder = dirname(config);
  return folder === slashed(top) ? undefined : nearestConfig(folder, top);
}

function parse(api: ClassicApi, name: string, json: object): ParsedConfig {
  return api.parseJsonConfigFileContent(json, api.sys, dirname(name), {}, name);
}
