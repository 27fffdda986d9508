import { type Setting, settings } from '../../src/vocabulary/settings.ts';
import { contributesOf } from './contributes.ts';
import { Messages } from './messages.ts';

/** Settings that a workspace which is not trusted has no say in: VS Code then ignores its value by itself. */
function restricted(): string[] {
  return Object.entries<Setting<unknown>>(settings)
    .filter(
      ([, { scope, tighten }]) =>
        tighten === 'never' && (scope === 'window' || scope === 'resource' || scope === 'machine'),
    )
    .map(([name]) => name);
}

/**
 * Package.json as it must be: what npm and people write stays, what VS Code reads comes from the code's own tables.
 * @returns the manifest, and the texts for `package.nls.json`
 */
export function manifestOf(packageJson: Readonly<Record<string, unknown>>): {
  manifest: Record<string, unknown>;
  nls: Record<string, string>;
} {
  const messages = new Messages();
  const description = messages.add(
    'extension.description',
    'Sends each AI request to a model on your own machine or to Claude, by itself; checks the answer, and shows what that saved.',
  );
  const untrusted = messages.add(
    'extension.untrusted',
    'In Restricted Mode Maia answers, but runs nothing of the workspace and takes no setting from it that opens anything.',
  );
  const virtual = messages.add(
    'extension.virtual',
    'In a virtual workspace only chat is there: documenting, tests and their checks need files on disk.',
  );
  const manifest = {
    ...packageJson,
    description,
    categories: ['AI', 'Chat', 'Testing'],
    keywords: ['ollama', 'claude', 'local model', 'privacy', 'cost'],
    icon: 'media/icon.png',
    galleryBanner: { color: '#14213d', theme: 'dark' },
    l10n: './l10n',
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished'],
    capabilities: {
      untrustedWorkspaces: {
        supported: 'limited',
        description: untrusted,
        restrictedConfigurations: restricted(),
      },
      virtualWorkspaces: { supported: 'limited', description: virtual },
    },
    contributes: contributesOf(messages),
  };
  return { manifest: JSON.parse(JSON.stringify(manifest)), nls: messages.all() };
}
