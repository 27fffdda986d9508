/** A place in one of VS Code's menus. */
export interface MenuPlace {
  readonly menu: 'maia.editor' | 'editor/title' | 'scm/title';
  readonly when?: string;
  /** Group and place in it, as VS Code writes it: `1_write@1`. */
  readonly group: string;
}

/** One command, from which the manifest's `commands`, `menus` and `keybindings` are made. */
export interface CommandEntry {
  /** English; stands after "Maia: " in the palette. */
  readonly title: string;
  /** A codicon, for commands that stand in a title bar. */
  readonly icon?: `$(${string})`;
  /** Context expression; without it the command can always be run. */
  readonly enablement?: string;
  /** When the palette shows it; `false` for commands that only Maia's own buttons and links run. */
  readonly palette: string | boolean;
  readonly menus?: readonly MenuPlace[];
  readonly keybinding?: { readonly key: string; readonly mac?: string; readonly when?: string };
}

/** The scheme of the right side of a proposal's diff. */
export const proposalScheme = 'maia-proposal';
/** The scheme of answers that are shown as a Markdown preview. */
export const answerScheme = 'maia-answer';
/** The submenu in the editor's context menu. */
export const editorMenu = { id: 'maia.editor', label: 'Maia', group: '1_modification@9' } as const;

const inGit = "scmProvider == 'git' && isWorkspaceTrusted";
const inProposal = `resourceScheme == ${proposalScheme}`;
/** In a proposal's diff, or in a file that one is shown over. */
const atProposal = `${inProposal} || maia.hasProposal`;

function entry(value: CommandEntry): CommandEntry {
  return value;
}

/** Every command of Maia, once: the manifest is made from this table and a test holds the two together. */
export const commandTable = {
  'maia.ask': entry({
    title: 'Ask',
    palette: true,
    keybinding: { key: 'ctrl+alt+shift+m', mac: 'cmd+alt+shift+m' },
  }),
  'maia.explain': entry({
    title: 'Explain',
    palette: 'editorIsOpen',
    menus: [{ menu: 'maia.editor', group: '1_read@1' }],
  }),
  'maia.review': entry({
    title: 'Review',
    palette: 'editorIsOpen',
    menus: [{ menu: 'maia.editor', group: '1_read@2' }],
  }),
  'maia.document': entry({
    title: 'Document Function',
    palette: 'editorIsOpen',
    menus: [{ menu: 'maia.editor', group: '2_write@1' }],
  }),
  'maia.generateTests': entry({
    title: 'Generate Tests',
    palette: 'editorIsOpen',
    menus: [{ menu: 'maia.editor', group: '2_write@2' }],
  }),
  'maia.generate': entry({
    title: 'Generate Code Here…',
    palette: 'editorIsOpen',
    menus: [{ menu: 'maia.editor', when: '!editorReadonly', group: '2_write@3' }],
  }),
  'maia.fix': entry({
    title: 'Fix',
    palette: 'editorIsOpen',
    menus: [{ menu: 'maia.editor', when: '!editorReadonly', group: '3_change@1' }],
  }),
  'maia.edit': entry({
    title: 'Edit…',
    palette: 'editorIsOpen',
    menus: [{ menu: 'maia.editor', when: '!editorReadonly', group: '3_change@2' }],
  }),
  'maia.refactor': entry({
    title: 'Refactor',
    palette: 'editorIsOpen',
    menus: [{ menu: 'maia.editor', when: '!editorReadonly', group: '3_change@3' }],
  }),
  'maia.commitMessage': entry({
    title: 'Write Commit Message with Maia',
    icon: '$(edit-sparkle)',
    enablement: '!maia.writingCommit',
    palette: 'gitOpenRepositoryCount > 0',
    menus: [{ menu: 'scm/title', when: `${inGit} && !maia.writingCommit`, group: 'navigation@0' }],
  }),
  'maia.stopCommitMessage': entry({
    title: 'Stop Writing the Commit Message',
    icon: '$(stop-circle)',
    palette: 'maia.writingCommit',
    menus: [{ menu: 'scm/title', when: `${inGit} && maia.writingCommit`, group: 'navigation@0' }],
  }),
  'maia.useCommitMessage': entry({ title: 'Put into Message Box', palette: false }),
  'maia.previewRoute': entry({ title: 'Preview Route', palette: true }),
  'maia.openSavings': entry({ title: 'Open Savings', palette: true }),
  'maia.setClaudeKey': entry({ title: 'Set Claude API Key', palette: true }),
  'maia.removeClaudeKey': entry({ title: 'Remove Claude API Key', palette: 'maia.hasClaudeKey' }),
  'maia.checkAgain': entry({ title: 'Check Models Again', palette: true }),
  'maia.pullModel': entry({ title: 'Pull a Local Model', palette: true }),
  'maia.freeMemory': entry({ title: 'Free Memory Now', palette: true }),
  'maia.chooseMode': entry({ title: 'Choose Mode', palette: true }),
  'maia.chooseDial': entry({ title: 'Choose Dial', palette: true }),
  'maia.openSettings': entry({ title: 'Open Settings', palette: true }),
  'maia.showEgress': entry({ title: 'Show What Left This Machine', palette: true }),
  'maia.probeModel': entry({ title: 'Test a Local Model', palette: true }),
  'maia.forgetLessons': entry({ title: 'Forget What Was Learned', palette: true }),
  'maia.forgetTestRuns': entry({ title: 'Ask Again Before Running Tests', palette: true }),
  'maia.openLog': entry({ title: 'Open Log', palette: true }),
  'maia.openWalkthrough': entry({ title: 'Get Started', palette: true }),
  'maia.installCli': entry({ title: "Put 'maia' on the PATH", palette: true }),
  'maia.acceptProposal': entry({
    title: 'Accept Change',
    icon: '$(check)',
    enablement: atProposal,
    palette: atProposal,
    menus: [{ menu: 'editor/title', when: inProposal, group: 'navigation@-2' }],
    keybinding: { key: 'ctrl+enter', mac: 'cmd+enter', when: inProposal },
  }),
  'maia.rejectProposal': entry({
    title: 'Reject Change',
    icon: '$(discard)',
    enablement: atProposal,
    palette: atProposal,
    menus: [{ menu: 'editor/title', when: inProposal, group: 'navigation@-1' }],
    keybinding: { key: 'ctrl+backspace', mac: 'cmd+backspace', when: inProposal },
  }),
  'maia.openProposalDiff': entry({ title: 'Open Diff of Change', palette: 'maia.hasProposal' }),
  'maia.refineProposal': entry({
    title: 'Refine Change…',
    icon: '$(edit)',
    enablement: atProposal,
    palette: atProposal,
    menus: [{ menu: 'editor/title', when: inProposal, group: 'navigation@-1' }],
  }),
  'maia.runGeneratedTests': entry({
    title: 'Run Generated Tests',
    enablement: inProposal,
    palette: inProposal,
  }),
  'maia.showMenu': entry({ title: 'Show Menu', palette: true }),
  'maia.showProposal': entry({ title: 'Show Proposed Change', palette: false }),
  'maia.showWhy': entry({ title: 'Why This Model', palette: false }),
  'maia.askAgain': entry({ title: 'Ask Again', palette: false }),
  'maia.retry': entry({ title: 'Retry', palette: false }),
  'maia.otherModel': entry({ title: 'Other Model', palette: false }),
  'maia.askClaudeNow': entry({ title: 'Ask Claude Now', palette: 'maia.claudeMayAnswer' }),
  'maia.askClaudeInstead': entry({ title: 'Ask Claude Instead', palette: false }),
  'maia.saveMarkdown': entry({ title: 'Save as Markdown', palette: false }),
  'maia.answerSecret': entry({ title: 'Choose What Happens to a Secret', palette: false }),
  'maia.good': entry({ title: 'Good Answer', palette: false }),
  'maia.notGood': entry({ title: 'Not a Good Answer', palette: false }),
} as const satisfies Readonly<Record<`maia.${string}`, CommandEntry>>;

export type CommandId = keyof typeof commandTable;
