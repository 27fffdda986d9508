/** Passwords that documentation and docker-compose files use for services on the developer's own machine. */
const examplePasswords = new Set(
  'password passwd pass pwd secret changeme change-me example test testing admin root user guest postgres mysql mongo mongodb redis rabbitmq dev development local hunter2 letmein 1234 12345 123456 12345678'.split(
    ' ',
  ),
);

/** Hosts that belong to nobody (RFC 2606, RFC 6761), to this machine, or to a compose file's own network. */
function isExampleHost(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  return (
    !name.includes('.') ||
    /^127\.\d+\.\d+\.\d+$/.test(name) ||
    name === '0.0.0.0' ||
    /(^|\.)(example|test|invalid|localhost)$/.test(name) ||
    /(^|\.)example\.(com|org|net)$/.test(name)
  );
}

/**
 * Whether what a rule found is an obvious placeholder: a token whose body is a filler (`ghp_xxxxxxxx`) or says so
 * (`xoxb-your-token-here`), or a URL with an example password for an example host. Both halves of a URL must be
 * examples: `root:root` at a real host is a real, bad password.
 *
 * @param found the characters that the rule marked, as they stand in the text
 */
export function isPlaceholder(found: string): boolean {
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^\s/@:]*):([^\s/@]*)@([^\s/?#,]+)/i.exec(found);
  if (url) return examplePasswords.has((url[2] ?? '').toLowerCase()) && isExampleHost(url[3] ?? '');
  const body = found.replace(/^(?:[A-Za-z]{1,10}[0-9]{0,2}[-_]){1,3}/, '');
  const letters = body.replace(/[-_.]/g, '');
  if (letters.length >= 8 && new Set(letters.slice(0, -4).toLowerCase()).size <= 1) return true;
  return /^(?:[a-z]+[-_])*(?:your|my|example|dummy|fake|placeholder|changeme|insert|replace)(?:[-_][a-z]+)+$/i.test(
    found.replace(/^[a-z]{2,6}[-_]/i, ''),
  );
}
