import type { Message } from '../vocabulary/request.ts';

/** SmolLM2's tokenizer on code and UTF-8 bytes on any language, measured on a real Ollama 0.33. */
const asciiPerToken = 2.6;
const otherBytesPerToken = 1.9;
/** What a chat template adds to each message. */
const tokensPerMessage = 8;
/** What an image takes at most on Claude (1,568) and about as much on local models. */
const tokensPerImage = 1_600;

/** An upper estimate of a text's tokens, for choosing a window; the provider's own count is the truth. */
export function estimateTokens(text: string): number {
  let ascii = 0;
  let otherBytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) ascii += 1;
    else otherBytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return Math.ceil(ascii / asciiPerToken + otherBytes / otherBytesPerToken);
}

/** Claude takes at most 4,784 tokens for an image, whatever its size (Anthropic's vision guide, October 2026). */
const mostTokensPerImage = 4_784;

/**
 * The bound that holds for a prompt as it is sent and for any tokenizer seen, in tokens, its images counted as such and
 * not as their encoded bytes: used only where money needs an upper bound.
 */
export function promptBound(body: string, messages: readonly Message[]): number {
  let images = 0;
  let encoded = 0;
  for (const { parts } of messages)
    for (const part of parts)
      if (part.type === 'image') {
        images += 1;
        encoded += 4 * Math.ceil(part.data.length / 3);
      }
  const bytes = Math.max(0, new TextEncoder().encode(body).length - encoded);
  return Math.ceil(bytes / otherBytesPerToken) + images * mostTokensPerImage;
}

/** An upper estimate of the tokens of a whole prompt, tools included. */
export function estimatePrompt(messages: readonly Message[], tools: readonly object[]): number {
  let tokens = tools.length > 0 ? estimateTokens(JSON.stringify(tools)) : 0;
  for (const message of messages) {
    tokens += tokensPerMessage;
    for (const part of message.parts) {
      if (part.type === 'text') tokens += estimateTokens(part.text);
      else if (part.type === 'image') tokens += tokensPerImage;
      else if (part.type === 'toolResult') tokens += estimateTokens(part.text);
      else tokens += estimateTokens(JSON.stringify(part.input)) + tokensPerMessage;
    }
  }
  return tokens;
}
