import type { Meaning } from "../engine/classify.ts";
import type { Answer, Ticket } from "../store/turn.ts";
import { backoff } from "./pace/backoff.ts";

/** What the store records about an answer, and when its row may be sent again. */
export function answerOf({ attempt, tries }: Ticket, meaning: Meaning): Answer {
  switch (meaning.kind) {
    case "accepted":
      return {
        attempt,
        kind: "accepted",
        object: meaning.object,
        alarm: meaning.alarm,
        reason: "The API created it",
      };
    case "refused":
      return { attempt, kind: "refused", cause: meaning.cause, reason: meaning.reason };
    case "open":
      return {
        attempt,
        kind: "open",
        after: backoff(tries, Math.random()),
        reason: meaning.reason,
        client: meaning.client,
        odd: meaning.odd,
      };
    case "void": {
      const after = meaning.after ?? (meaning.pause ? 0 : backoff(Math.min(tries, 5), Math.random()));
      return { attempt, kind: "void", after, reason: meaning.reason };
    }
  }
}

/** The same without the API's text. */
export function withoutWords(answer: Answer): Answer {
  const reason = "The API's answer contains text that the store can't keep";
  if (answer.kind !== "accepted") return { ...answer, reason };
  return { ...answer, reason, object: { ...answer.object, fate: undefined } };
}
