/** What the developer may choose where nothing but detected secrets keeps a request on this machine. */
export type SecretChoice =
  /** Each secret becomes a placeholder in what leaves. */
  | 'mask'
  /** Earlier messages that hold one are left out. */
  | 'drop'
  /** These very secrets may leave, in one request. */
  | 'allowOnce';

/** Made by the engine for one request; whoever was shown it may answer it once. */
export interface SecretOffer {
  /** Random; says nothing of the secrets. */
  readonly id: string;
  /** The rules that held: `github`, `password`, … */
  readonly kinds: readonly string[];
  readonly choices: readonly SecretChoice[];
}

/** The developer's own click on an offer. No prompt, file or setting can make one. */
export interface SecretAnswer {
  readonly offer: string;
  readonly choice: SecretChoice;
}
