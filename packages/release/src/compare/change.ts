/**
 * What a change means for somebody who uses the last release: it may stop working, there is something new, or it only
 * reads differently.
 */
export type Impact = "breaking" | "addition" | "words";

export interface Change {
  readonly impact: Impact;
  /** The operation, by the name under which a user knows it, or what the operations share. */
  readonly where: string;
  /** One English sentence. */
  readonly text: string;
}

/** Takes note of a change. */
export type Note = (impact: Impact, text: string) => void;
