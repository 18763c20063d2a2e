import { type Bump, isBump } from "./bump.ts";

const SENTENCE = /^\s*(?:- )?Lowered from (patch|minor|major) to (none|patch|minor): (.+)$/gm;

/** A person's decision that less than the changes ask for is enough. */
export interface Lowered {
  readonly from: Bump;
  readonly to: Bump;
  readonly reason: string;
}

/** The decisions that a text records. A reason has to say something: twenty characters at least. */
export function readLowered(text: string): Lowered[] {
  return [...text.matchAll(SENTENCE)].flatMap(([, from, to, reason = ""]) =>
    isBump(from) && isBump(to) && reason.trim().length >= 20 ? [{ from, to, reason: reason.trim() }] : [],
  );
}
