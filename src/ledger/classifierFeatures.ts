/** What a request is like: sizes and kinds, no text. */
export interface ClassifierFeatures {
  readonly textCharacters: number;
  readonly contextCharacters: number;
  readonly contextItems: number;
  readonly languageId?: string;
  readonly command: boolean;
  readonly tools: boolean;
  readonly images: boolean;
  readonly promptTokens: number;
}
