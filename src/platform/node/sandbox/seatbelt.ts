import { execFile } from 'node:child_process';

/** A text as a profile's language writes it: in quotes, as Scheme does. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/**
 * The profile of macOS's `sandbox-exec`: no network, writes only to scratch, reads of the home folder only where
 * something is named. Written from the language's known forms; no Mac has tried it yet.
 *
 * @param readable absolute real paths in the home folder that may be read, the project's own among them
 * @param hidden absolute real paths that may not be read, whatever they lie in
 */
export function seatbeltProfile(places: {
  readonly home: string;
  readonly readable: readonly string[];
  readonly hidden: readonly string[];
  readonly scratch: string;
}): string {
  const below = (paths: readonly string[]) => paths.map((path) => `(subpath ${quoted(path)})`).join(' ');
  return [
    '(version 1)',
    '(allow default)',
    // Loopback too: it is the machine's own here, with databases and model servers behind it.
    '(deny network*)',
    '(deny file-write*)',
    `(allow file-write* ${below([places.scratch])} (literal "/dev/null") (literal "/dev/tty") (regex #"^/dev/fd/"))`,
    `(deny file-read-data ${below([places.home])})`,
    `(allow file-read* ${below([...places.readable, places.scratch])})`,
    ...(places.hidden.length > 0 ? [`(deny file-read* file-write* ${below(places.hidden)})`] : []),
    '(deny process-exec (literal "/usr/bin/open") (literal "/usr/bin/osascript") (literal "/bin/launchctl"))',
    '',
  ].join('\n');
}

export function seatbeltWorks(): Promise<boolean> {
  return new Promise((resolve) => {
    const profile = '(version 1)(allow default)';
    execFile('/usr/bin/sandbox-exec', ['-p', profile, '/usr/bin/true'], { timeout: 10_000 }, (error) =>
      resolve(error === null),
    );
  });
}
