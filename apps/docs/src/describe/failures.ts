import type { OpenApiDocument, Operation, Response } from "@dots-payouts/openapi";
import { assumptionNote, assumptionsOf } from "./assumptions.ts";

/** What a failure says about the work that was asked for. */
interface Meaning {
  /** Whether the request was carried out. */
  readonly happened: string;
  readonly next: string;
}

/** The documented failures of an operation as a Markdown list, with what each means for the money. */
export function failureList(document: OpenApiDocument, operation: Operation): string {
  const failures = operation.responses.filter(({ status }) => !/^[123]/.test(status));
  const items = failures.map((response) =>
    item(
      response.status,
      `${response.description?.trim() ?? ""} ${assumptionNote(assumptionsOf(document, [response.pointer]))}`,
      meaningOf(response, operation),
    ),
  );
  return [...items, item("no answer", "The connection broke, or the time ran out.", unclear(operation))].join(
    "\n",
  );
}

function item(status: string, description: string, { happened, next }: Meaning): string {
  const about = description.trim().replace(/\s+/g, " ");
  return `- **\`${status}\`** ${about}  \n  **Carried out?** ${happened}  \n  **What to do:** ${next}`;
}

/** Methods that only read (RFC 9110 §9.2.1). */
const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/**
 * Statuses of a refusal that leave open whether the request was carried out: the server stopped waiting (RFC 9110
 * §15.5.9), or another request for the same thing is being worked on.
 */
const OPEN = ["408", "409"];

function meaningOf({ status }: Response, operation: Operation): Meaning {
  if (!/^4/.test(status) || OPEN.includes(status)) return unclear(operation);
  if (SAFE.has(operation.method)) return { happened: "This only reads.", next: "Change the request." };
  const except = /^4\d\d$/.test(status) ? "" : `, except after ${OPEN.join(" and ")}, which leave it open`;
  return {
    happened: `Not by this request${except}. But an earlier attempt that got no answer may have been.`,
    next: "Change the request, or try later.",
  };
}

function unclear(operation: Operation): Meaning {
  if (SAFE.has(operation.method)) return { happened: "This only reads.", next: "Ask again." };
  return {
    happened: "**Not known.** It may have been.",
    next:
      operation.idempotencyKey === undefined
        ? "Look whether it was carried out before you send it again."
        : "Send the same request with the same key again.",
  };
}
