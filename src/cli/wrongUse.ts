/** The command line was used in a way that it does not take; the message is a sentence for the terminal. */
export class WrongUse extends Error {}
