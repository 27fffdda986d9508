/** One import of a JavaScript or TypeScript file, in either module system. */
export interface ScriptImport {
  readonly module: string;
  readonly defaultName?: string;
  readonly namespace?: string;
  /** As written between the braces, without what a whole `import type` says: `a`, `a as b`, `type T`. */
  readonly names: readonly string[];
}

/** Reads an import statement or a `require` declaration; undefined for other forms. */
export function readImport(statement: string): ScriptImport | undefined {
  const text = statement.trim().replace(/;$/, '').replace(/\s+/g, ' ');
  const esm =
    /^import (type )?(?:([\w$]+) ?,? ?)?(?:\* as ([\w$]+) |\{ ?([^}]*?) ?,? ?\} ?)?(?:from )?['"]([^'"]+)['"]$/.exec(
      text,
    );
  if (esm) {
    const [, type, defaultName, namespace, names = '', module = ''] = esm;
    const prefix = type ? 'type ' : '';
    return {
      module,
      defaultName,
      namespace,
      names: split(names).map((name) => (prefix && !name.startsWith('type ') ? prefix + name : name)),
    };
  }
  const cjs =
    /^(?:const|let|var) (?:\{ ?([^}]*?) ?,? ?\}|([\w$]+)) = require\(['"]([^'"]+)['"]\)(?:\.(\w+))?$/.exec(
      text,
    );
  if (!cjs) return undefined;
  const [, names, whole, module = '', member] = cjs;
  if (names !== undefined)
    return { module, names: split(names).map((name) => name.replace(/ ?: ?/, ' as ')) };
  if (member && member !== 'default') {
    return { module, names: [member === whole ? member : `${member} as ${whole}`] };
  }
  return { module, defaultName: whole, names: [] };
}

function split(names: string): string[] {
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The name that an entry binds: `b` of `a as b`, `T` of `type T`. */
export function boundName(entry: string): string {
  return /([\w$]+)$/.exec(entry)?.[1] ?? entry;
}

export function writeImport(one: ScriptImport, commonJs: boolean, quote: string): string {
  const module = `${quote}${one.module}${quote}`;
  if (commonJs) {
    const names = one.names
      .filter((name) => !name.startsWith('type '))
      .map((name) => name.replace(' as ', ': '));
    const whole = one.defaultName ?? one.namespace;
    if (!whole && names.length === 0) return `require(${module});`;
    const lines = [
      ...(whole ? [`const ${whole} = require(${module});`] : []),
      ...(names.length > 0 ? [`const { ${names.join(', ')} } = require(${module});`] : []),
    ];
    return lines.join('\n');
  }
  const parts = [
    ...(one.defaultName ? [one.defaultName] : []),
    ...(one.namespace ? [`* as ${one.namespace}`] : []),
    ...(one.names.length > 0 ? [`{ ${one.names.join(', ')} }`] : []),
  ];
  return parts.length === 0 ? `import ${module};` : `import ${parts.join(', ')} from ${module};`;
}

/** Imports of the same module as one; a default and a namespace of one module stay two. */
export function mergedImports(imports: readonly ScriptImport[]): ScriptImport[] {
  const merged: ScriptImport[] = [];
  for (const one of imports) {
    const at = merged.findIndex(
      (other) =>
        other.module === one.module &&
        !other.namespace &&
        !one.namespace &&
        (!other.defaultName || !one.defaultName || other.defaultName === one.defaultName),
    );
    const other = merged[at];
    if (!other) merged.push(one);
    else {
      merged[at] = {
        ...other,
        defaultName: other.defaultName ?? one.defaultName,
        names: [...new Set([...other.names, ...one.names])],
      };
    }
  }
  return merged;
}
