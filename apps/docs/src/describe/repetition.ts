import {
  isIdempotent,
  isSafe,
  lifeCycleOf,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";
import { lifetimeInWords } from "../samples/sample-key.ts";

/**
 * What happens if a request is sent twice. It may have no effect because it only reads, be carried out again, have no
 * second effect because of its idempotency key or its method, or be refused because the new state does not allow it.
 */
export type Repetition = "reads" | "again" | "once-by-key" | "once-by-method" | "refused-by-state";

export function repetitionOf(document: OpenApiDocument, operation: Operation): Repetition {
  if (isSafe(operation.method)) return "reads";
  if (operation.idempotencyKey !== undefined) return "once-by-key";
  if (isIdempotent(operation.method)) return "once-by-method";
  return leavesItsStates(document, operation) ? "refused-by-state" : "again";
}

/**
 * Whether an operation makes a move that can't be made twice, because it leads out of the states that it starts from.
 */
function leavesItsStates(document: OpenApiDocument, { resource }: Operation): boolean {
  if (resource?.does !== "change" || resource.move === undefined) return false;
  const move = lifeCycleOf(document, resource.kind)?.moves.find(({ name }) => name === resource.move);
  return move?.to !== undefined && !move.from.includes(move.to);
}

/** The same in words, as a box in Markdown. Empty for operations that only read. */
export function repetitionNote(document: OpenApiDocument, operation: Operation): string {
  const words = sentence(document, operation);
  return words === "" ? "" : `> ${words}`;
}

function sentence(document: OpenApiDocument, operation: Operation): string {
  switch (repetitionOf(document, operation)) {
    case "reads":
      return "";
    case "once-by-key":
      return keySentence(operation);
    case "once-by-method":
      return `**Safe to send again**: in HTTP, several \`${operation.method}\` requests do what one does.${
        leavesItsStates(document, operation)
          ? " The second one may be refused, because the first one was carried out."
          : ""
      } There is no idempotency key.`;
    case "refused-by-state":
      return "**A second request is refused**, because the first one has changed the state. There is no idempotency key.";
    case "again":
      return "**Sent twice, it is carried out twice.** There is no idempotency key.";
  }
}

function keySentence({ idempotencyKey }: Operation): string {
  if (idempotencyKey === undefined) return "";
  const name = idempotencyKey.pointer.slice(1).replaceAll("/", ".");
  const time = lifetimeInWords(idempotencyKey);
  const within = time === undefined ? "" : ` within ${time}`;
  const later = time === undefined ? "" : " After that, it is carried out again.";
  return `**Safe to send again**${within} with the same \`${name}\`: it is carried out only once.${later}`;
}
