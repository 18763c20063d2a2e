import { isSafe, type OpenApiDocument, type Operation, type Response } from "@dots-payouts/openapi";
import { assumptionNote, assumptionsOf } from "./assumptions.ts";
import { repetitionOf } from "./repetition.ts";

/** What a failure means for the request. */
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
      meaningOf(response, document, operation),
    ),
  );
  const lost = "The connection broke, or the time ran out.";
  return [...items, item("no answer", lost, unclear(document, operation))].join("\n");
}

function item(status: string, description: string, { happened, next }: Meaning): string {
  const about = description.trim().replace(/\s+/g, " ");
  return `- **\`${status}\`** ${about}  \n  **Carried out?** ${happened}  \n  **What to do:** ${next}`;
}

/** A refusal that does not say whether the request was carried out: the server stopped waiting (RFC 9110 §15.5.9). */
const STOPPED = "408";

/** The same for operations with an idempotency key: another request with the key may be in progress. */
const CONFLICT = "409";

/** Too many requests: the same request may succeed later (RFC 6585 §4). */
const TOO_MANY = "429";

const ADVICE: Readonly<Record<string, string>> = {
  "401": "Check the credentials.",
  "404": "Check the ID.",
  [TOO_MANY]: "Wait, then send it again.",
};

function meaningOf({ status }: Response, document: OpenApiDocument, operation: Operation): Meaning {
  const open = operation.idempotencyKey === undefined ? [STOPPED] : [STOPPED, CONFLICT];
  if (!/^4/.test(status) || open.includes(status)) return unclear(document, operation);
  const isRange = !/^4\d\d$/.test(status);
  if (isSafe(operation.method)) {
    const later = `After ${STOPPED} and ${TOO_MANY}, ask again later. After any other, change the request.`;
    return {
      happened: "This only reads.",
      next: isRange ? later : (ADVICE[status] ?? "Change the request."),
    };
  }
  const except = isRange ? `, except after ${open.join(" and ")}, where it is unknown` : "";
  const next = isRange
    ? `After ${open.join(" and ")}: ${lowerFirst(unclear(document, operation).next)} After ${TOO_MANY}: wait, then send it again. After any other: change the request.`
    : (ADVICE[status] ?? "Change the request.");
  return {
    happened: `Not by this request${except}. But an earlier attempt that got no answer may have been.`,
    next,
  };
}

function unclear(document: OpenApiDocument, operation: Operation): Meaning {
  const repetition = repetitionOf(document, operation);
  if (repetition === "reads") return { happened: "This only reads.", next: "Ask again." };
  return { happened: "**Unknown.** It may have been.", next: AFTER[repetition] };
}

const AFTER = {
  "once-by-key": "Send the same request with the same key again.",
  "once-by-method": "Send it again: it is carried out at most once. A refusal may then mean that it was.",
  "refused-by-state": "Check whether it was carried out before you send it again.",
  again: "Check whether it was carried out before you send it again.",
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
