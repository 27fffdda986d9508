import type { CodeUnit } from '../../code/code.ts';
import { escaped } from '../pattern.ts';

export interface Exported {
  readonly kind: 'named' | 'default';
  /** The name to import; for a default export, a name of our own. */
  readonly name: string;
}

/** How a module offers a function or class, or the class of a method, to others; undefined where it does not. */
export function exportOf(source: string, unit: CodeUnit): Exported | undefined {
  if (/^#/.test(unit.name) || /\bprivate\b/.test(source.slice(unit.signature.start, unit.signature.end))) {
    return undefined;
  }
  const name = unit.owner ?? (unit.kind === 'method' ? objectAround(source, unit) : unit.name);
  if (name === undefined) return undefined;
  const word = escaped(name);
  const at = (pattern: string) => new RegExp(pattern, 'm').test(source);
  if (
    at(
      `^\\s*export\\s+default\\s+(?:async\\s+)?(?:abstract\\s+)?(?:function\\b\\s*\\*?|class\\b)?\\s*${word}\\b`,
    )
  ) {
    return { kind: 'default', name };
  }
  if (
    at(
      `^\\s*export\\s+(?:declare\\s+)?(?:async\\s+)?(?:abstract\\s+)?(?:function\\b\\s*\\*?|class|const|let|var)\\s+${word}(?![\\w$])`,
    )
  ) {
    return { kind: 'named', name };
  }
  for (const list of source.matchAll(/export\s*\{([^}]*)\}/g)) {
    for (const entry of (list[1] ?? '').split(',')) {
      const [, own, as] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(entry) ?? [];
      if (own === name)
        return as === 'default' ? { kind: 'default', name } : { kind: 'named', name: as ?? name };
    }
  }
  if (at(`^\\s*module\\.exports\\s*=\\s*(?:async\\s+)?(?:function\\s*\\*?\\s*|class\\s+)?${word}\\b`))
    return { kind: 'default', name };
  if (at(`\\bexports\\.${word}\\s*=`)) return { kind: 'named', name };
  for (const object of source.matchAll(/module\.exports\s*=\s*\{([\s\S]*?)\}/g)) {
    if (new RegExp(`(^|[,\\s])${word}(?![\\w$])`).test(object[1] ?? '')) return { kind: 'named', name };
  }
  return unit.exported && unit.kind !== 'method' ? { kind: 'named', name } : undefined;
}

/** The variable whose object literal a method stands in: the nearest one declared above, outside every block. */
function objectAround(source: string, unit: CodeUnit): string | undefined {
  const above = source.slice(0, unit.span.start);
  return [...above.matchAll(/^(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]+)?=\s*\{/gm)].at(
    -1,
  )?.[1];
}

/** Every name that a module surely exports, as an import names it: `a`, `type T`. */
export function exportedNames(source: string): string[] {
  const declared = [
    ...source.matchAll(
      /^\s*export\s+(?:declare\s+)?(?:async\s+)?(?:abstract\s+)?(function\b\s*\*?|class|const|let|var|interface|type|enum)\s+([\w$]+)/gm,
    ),
    ...source.matchAll(/\b(exports)\.([\w$]+)\s*=/g),
  ].map(([, kind = '', name = '']) => (/^(interface|type)$/.test(kind) ? `type ${name}` : name));
  const listed = [...source.matchAll(/(?:export\s*|module\.exports\s*=\s*)\{([^}]*)\}/g)].flatMap((list) =>
    (list[1] ?? '')
      .split(',')
      .map((entry) => /(?:\bas\s+)?([\w$]+)\s*(?::[\s\S]*)?$/.exec(entry.trim())?.[1] ?? ''),
  );
  return [...new Set([...declared, ...listed])].filter((name) => name !== '' && name !== 'default');
}
