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
  /** What it means for the users of each package. */
  readonly advice?: Advice;
  /** Where the description only assumes what has changed. */
  readonly assumed?: Assumed;
}

/** What the API does not document, and the description says all the same. */
export interface Assumed {
  /** Whether the last release assumed it already. Otherwise this one does. */
  readonly before: boolean;
  readonly reason: string;
}

/** A sentence for those who use a package, where they have something to do or to know. */
export interface Advice {
  readonly client?: string;
  readonly mock?: string;
  readonly contract?: string;
}

/** Takes note of a change. */
export type Note = (impact: Impact, text: string, advice?: Advice, assumed?: Assumed) => void;

/** Whether a value goes to the API or comes from it. What breaks one side is welcome on the other. */
export type Direction = "request" | "response";

/** A change of the set of values: fewer are allowed, more are, or it can't be said. */
export type Effect = "narrower" | "wider" | "other";

/** A request that may be less breaks who sent it; a response that may be more breaks who reads it. */
export function impactOf(direction: Direction, effect: Effect): "breaking" | "addition" {
  if (effect === "other") return "breaking";
  return (effect === "narrower") === (direction === "request") ? "breaking" : "addition";
}
