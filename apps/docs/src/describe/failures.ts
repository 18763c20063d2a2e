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

function meaningOf({ status }: Response, operation: Operation): Meaning {
  const refused = /^4/.test(status) && status !== "408";
  if (!refused) return unclear(operation);
  if (SAFE.has(operation.method)) return { happened: "This only reads.", next: "Change the request." };
  const except = /^4\d\d$/.test(status) ? "" : ", except after 408, which does not say";
  return {
    happened: `Not by this request${except}. An earlier attempt that got no answer may have been.`,
    next:
      operation.idempotencyKey === undefined
        ? "Change the request."
        : "Change the request. The key is not used up.",
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
