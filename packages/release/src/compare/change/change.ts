/**
 * What a change means for users of the last release: something may stop working, something is new, or only the wording
 * changed.
 */
export type Impact = "breaking" | "addition" | "words";

export interface Change {
  readonly impact: Impact;
  /** The operation, by its public name, or what the operations share. */
  readonly where: string;
  /** One English sentence. */
  readonly text: string;
  /** What it means for the users of each package. */
  readonly advice?: Advice;
  /** Where the description only assumes what has changed. */
  readonly assumed?: Assumed;
}

/** Something that the description says although the API does not document it. */
export interface Assumed {
  /** Whether the last release already assumed it, and not only this one. */
  readonly before: boolean;
  readonly reason: string;
}

/** A sentence for the users of a package, if they need to do or know something. */
export interface Advice {
  readonly client?: string;
  readonly mock?: string;
  readonly contract?: string;
}

/** Records a change. */
export type Note = (impact: Impact, text: string, advice?: Advice, assumed?: Assumed) => void;

/** Whether a value goes to the API or comes from it. What breaks one direction is fine in the other. */
export type Direction = "request" | "response";

/** A change of the allowed values: fewer, more, or unknown. */
export type Effect = "narrower" | "wider" | "other";

/** Allowing less in a request breaks its senders; allowing more in a response breaks its readers. */
export function impactOf(direction: Direction, effect: Effect): "breaking" | "addition" {
  if (effect === "other") return "breaking";
  return (effect === "narrower") === (direction === "request") ? "breaking" : "addition";
}
