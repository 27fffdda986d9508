/**
 * What Maia contributes beside commands and settings: the manifest is made from here.
 * Nothing in this file runs in the editor; the names are those that the code registers.
 */

export const participant = {
  id: 'maia.maia',
  name: 'maia',
  fullName: 'Maia',
  description: 'Asks your machine or Claude',
  isSticky: true,
} as const;

/** The slash commands of `@maia`, with what each says in the list. */
export const slashCommands = {
  explain: 'Explain the selected code',
  tests: 'Write tests for the selected function',
  doc: 'Write the comment of the selected function',
  fix: 'Fix the selected code, or the problem at the cursor',
  review: 'Review the selected code',
  commit: 'Write the commit message for what is staged',
  local: 'Ask a model on this machine; alone, the last question again',
  claude: 'Ask Claude; alone, the last question again',
  why: 'Say why the last answer came from that model',
  savings: 'Show what was saved',
} as const;
export type SlashCommand = keyof typeof slashCommands;

/** "Maia Auto" in VS Code's model picker. */
export const modelProvider = {
  vendor: 'maia',
  displayName: 'Maia',
  modelId: 'auto',
  modelName: 'Maia Auto',
} as const;

export interface WalkthroughStep {
  readonly id: string;
  readonly title: string;
  /** Markdown with command links; shown beside the picture. */
  readonly description: string;
  /** SVG under `media/`, coloured by the theme. */
  readonly svg: string;
  readonly altText: string;
  readonly completionEvents: readonly string[];
  /** Context expression; without it the step is always there. */
  readonly when?: string;
}

export const walkthrough = {
  id: 'begin',
  title: 'Begin with Maia',
  description: 'A model on your machine, a key for Claude, a first question.',
  steps: [
    {
      id: 'practice',
      title: 'This is practice',
      description:
        'Practice servers play Ollama and Claude: nothing is sent, nothing is paid, and the answers are made up. With Ollama running, start again to use real models.',
      svg: 'media/walkthrough/ask.svg',
      altText: 'A question in chat, with the model that answered under it.',
      completionEvents: ['onStepSelected'],
      when: 'maia.practice',
    },
    {
      id: 'ollama',
      title: 'Find Ollama',
      description:
        'Maia asks models that run in Ollama on this machine.\n[Check again](command:maia.checkAgain)\nNot installed yet? [Get Ollama](https://ollama.com/download), start it, and check again. In SSH, WSL and containers, install it where your files are.',
      svg: 'media/walkthrough/ollama.svg',
      altText: 'A model on your own machine, joined to the editor.',
      completionEvents: ['onContext:maia.localFound'],
    },
    {
      id: 'model',
      title: 'Pull a first model',
      description:
        "Maia lists models that fit this machine's memory.\n[Choose a model](command:maia.pullModel)\nIt is downloaded once and then works offline.",
      svg: 'media/walkthrough/model.svg',
      altText: 'A model being downloaded to your machine.',
      completionEvents: ['onContext:maia.localReady'],
    },
    {
      id: 'key',
      title: "Set Claude's key",
      description:
        "For what takes a stronger model. The key stays in your system's keychain.\n[Set the key](command:maia.setClaudeKey)\nWithout a key Maia uses your machine alone.",
      svg: 'media/walkthrough/key.svg',
      altText: 'A key that is kept on your machine.',
      completionEvents: ['onContext:maia.hasClaudeKey'],
    },
    {
      id: 'ask',
      title: 'Ask the first question',
      description:
        'Type "@maia" and your question, or right-click a function and open "Maia".\n[Ask](command:maia.ask)\nText without "@maia" goes to the editor\'s own assistant, not to Maia. In agent mode choose "Maia Auto" as the model.',
      svg: 'media/walkthrough/ask.svg',
      altText: 'A question in chat, with the model that answered under it.',
      completionEvents: ['onCommand:maia.ask', 'onCommand:maia.explain'],
    },
  ] satisfies readonly WalkthroughStep[],
} as const;

/** Context keys that Maia sets for `when` clauses and the walkthrough. */
export const contextKeys = {
  hasClaudeKey: 'maia.hasClaudeKey',
  localFound: 'maia.localFound',
  localReady: 'maia.localReady',
  practice: 'maia.practice',
  /** A local model is answering, and Claude could. */
  claudeMayAnswer: 'maia.claudeMayAnswer',
  /** A proposal waits for Accept or Reject in the editor in front. */
  hasProposal: 'maia.hasProposal',
  writingCommit: 'maia.writingCommit',
} as const;
