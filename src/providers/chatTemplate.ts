/** What of a model's description tells how it is talked to. */
export interface Described {
  readonly template?: string;
  readonly modelfile?: string;
  readonly capabilities?: readonly string[];
}

/** A template's part for filling in the middle, up to where it goes on without. */
const fillIn = /\{\{-?\s*if \.Suffix\s*-?\}\}[\s\S]*?\{\{-?\s*else\s*-?\}\}/;
/** Names that a template knows a conversation by. */
const rolesIn = /\{\{[^}]*\.(?:Messages|System|Role|Tools)\b/;

/**
 * Whether a model's template marks who speaks; false where it only hands the text on, as for a base model; undefined
 * where the server tells no template. Tools and thinking are capabilities of a chat, and a renderer of Ollama's own
 * stands in for a template.
 */
export function hasChatTemplate({ template, modelfile, capabilities }: Described): boolean | undefined {
  if (capabilities?.some((one) => one === 'tools' || one === 'thinking')) return true;
  if (modelfile !== undefined && /^\s*RENDERER\s+\S/im.test(modelfile)) return true;
  if (template === undefined || template.trim() === '') return undefined;
  if (rolesIn.test(template)) return true;
  // What is left around the prompt are the marks of a question and its answer.
  const around = template.replace(fillIn, '').replaceAll(/\{\{[\s\S]*?\}\}/g, '');
  return around.trim() !== '';
}

/** Tags of base models; many share the template of the model that was taught to chat. */
const baseTag = /(?:^|[:\-_.])(?:base|text|pretrain(?:ed)?|pt)(?:$|[-_.:])/i;

/** Whether a name says that this is a base model: `qwen2.5-coder:7b-base`, `llama3:text`. */
export function isNamedBase(name: string): boolean {
  const bare = name.slice(name.lastIndexOf('/') + 1);
  const tag = bare.slice(bare.indexOf(':') + 1);
  return (
    baseTag.test(bare.includes(':') ? `:${tag}` : bare) && !/instruct|chat|(?:^|[-:])it(?:$|[-:])/i.test(bare)
  );
}
