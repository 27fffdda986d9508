/** What a conversation's mark comes from: a detected secret alone, or content that is never let go. */
export type MarkCause = 'protected' | 'secret';
