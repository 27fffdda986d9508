import { type CommandEntry, commandTable, editorMenu } from '../../src/surfaces/commandTable.ts';
import {
  modelProvider,
  participant,
  slashCommands,
  type WalkthroughStep,
  walkthrough,
} from '../../src/surfaces/contributions.ts';
import { type Setting, type SettingName, settings } from '../../src/vocabulary/settings.ts';
import type { Messages } from './messages.ts';
import { settingWords } from './settingWords.ts';

const commands = Object.entries<CommandEntry>(commandTable);

function commandsOf(messages: Messages) {
  return commands.map(([command, { title, icon, enablement }]) => ({
    command,
    title: messages.add(`command.${command}`, title),
    category: 'Maia',
    icon,
    enablement,
  }));
}

function menusOf() {
  const menus: Record<string, object[]> = {
    'editor/context': [{ submenu: editorMenu.id, group: editorMenu.group }],
  };
  const add = (menu: string, item: object) => {
    menus[menu] = [...(menus[menu] ?? []), item];
  };
  for (const [command, { palette, menus: places = [] }] of commands) {
    if (palette !== true) add('commandPalette', { command, when: String(palette) });
    for (const { menu, when, group } of places) add(menu, { command, when, group });
  }
  return menus;
}

function keybindingsOf() {
  return commands.flatMap(([command, { keybinding }]) => (keybinding ? [{ command, ...keybinding }] : []));
}

function schemaOf(name: SettingName, messages: Messages) {
  const setting: Setting<unknown> = settings[name];
  const { description, values } = settingWords[name];
  return {
    type: setting.type,
    default: setting.default,
    scope: setting.scope,
    markdownDescription: messages.add(`setting.${name}`, description),
    enum: setting.values,
    markdownEnumDescriptions: setting.values?.map((value, index) =>
      messages.add(`setting.${name}.${value}`, values?.[index] ?? ''),
    ),
    items: setting.type === 'array' ? { type: 'string' } : undefined,
    uniqueItems: setting.type === 'array' ? true : undefined,
    minimum: setting.minimum,
    maximum: setting.maximum,
    properties: setting.keys && propertiesOf(name, setting, messages),
    additionalProperties: setting.keys ? false : undefined,
  };
}

/** One row for each key, so that the settings editor offers them in lists. */
function propertiesOf(name: SettingName, { keys = [], keyValues }: Setting<unknown>, messages: Messages) {
  const { keys: words = {}, keyValues: valueWords } = settingWords[name];
  const enumDescriptions = keyValues?.map((value, index) =>
    messages.add(`setting.${name}.${value}`, valueWords?.[index] ?? ''),
  );
  return Object.fromEntries(
    keys.map((key) => [
      key,
      {
        type: 'string',
        enum: keyValues,
        description: messages.add(`setting.${name}.key.${key}`, words[key] ?? ''),
        enumDescriptions,
      },
    ]),
  );
}

function configurationOf(messages: Messages) {
  const names = Object.keys(settings) as SettingName[];
  return {
    title: 'Maia',
    properties: Object.fromEntries(
      names.map((name, order) => [name, { order, ...schemaOf(name, messages) }]),
    ),
  };
}

function participantOf(messages: Messages) {
  return {
    ...participant,
    description: messages.add('participant.description', participant.description),
    commands: Object.entries(slashCommands).map(([name, description]) => ({
      name,
      description: messages.add(`participant.${name}`, description),
    })),
  };
}

function walkthroughOf(messages: Messages) {
  const { id, title, description, steps } = walkthrough;
  return {
    id,
    title: messages.add('walkthrough.title', title),
    description: messages.add('walkthrough.description', description),
    steps: steps.map((step: WalkthroughStep) => ({
      id: step.id,
      title: messages.add(`walkthrough.${step.id}.title`, step.title),
      description: messages.add(`walkthrough.${step.id}.description`, step.description),
      media: { svg: step.svg, altText: messages.add(`walkthrough.${step.id}.altText`, step.altText) },
      completionEvents: step.completionEvents,
      when: step.when,
    })),
  };
}

/** `contributes` of package.json, from the tables that the code itself uses. */
export function contributesOf(messages: Messages) {
  return {
    commands: commandsOf(messages),
    submenus: [{ id: editorMenu.id, label: editorMenu.label }],
    menus: menusOf(),
    keybindings: keybindingsOf(),
    configuration: configurationOf(messages),
    chatParticipants: [participantOf(messages)],
    languageModelChatProviders: [{ vendor: modelProvider.vendor, displayName: modelProvider.displayName }],
    walkthroughs: [walkthroughOf(messages)],
  };
}
