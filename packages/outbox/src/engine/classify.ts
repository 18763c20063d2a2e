import { type ErrorCodes, getAt } from "@dots-payouts/openapi";
import type { Call } from "../api/calls.ts";
import type { Kind } from "../api/kinds.ts";
import { isJson, partAt, textAt, zonedTimeAt } from "../api/read-at.ts";
import type { Sent } from "../api/sender.ts";
import type { SeenObject } from "../store/store.ts";

/** What the result of a request means for the money, and for the run. */
export type Meaning =
  | { readonly kind: "accepted"; readonly object: SeenObject }
  | { readonly kind: "refused"; readonly cause: "funds" | undefined; readonly reason: string }
  /** Certainly not carried out. `after`: milliseconds that the API asks everyone to wait. */
  | {
      readonly kind: "void";
      readonly after: number | undefined;
      readonly reason: string;
      readonly pause: boolean;
    }
  /** `client`: the client that it was sent as, if not the intended one. */
  | { readonly kind: "open"; readonly reason: string; readonly client?: string | undefined };

/** How long everyone waits if the API asks for it without saying how long, in milliseconds. */
const USUAL_WAIT = 1_000;

/** The longest plausible wait, in milliseconds. */
const LONGEST_WAIT = 24 * 3_600_000;

/** Statuses of refusals that do not prove that nothing was carried out. */
const UNDECIDED = new Set([
  408, // Request Timeout: the work may continue (RFC 9110, section 15.5.9)
  409, // Conflict: the same key may be in progress
  423, // Locked
  425, // Too Early
  499, // Sent by proxies when the client has disconnected
]);

const TOO_MANY = 429;
const UNAUTHORIZED = 401;
const NO_FUNDS = 402;

/**
 * What the result of a request means. Only what was certainly not carried out is reported as such; anything unclear
 * leaves the question open.
 */
export function classify(sent: Sent, call: Call, codes: ErrorCodes): Meaning {
  if (sent.kind === "not-sent") {
    return { kind: "void", after: undefined, reason: sent.reason, pause: sent.isOtherClient === true };
  }
  if (sent.kind === "lost") return { kind: "open", reason: sent.reason, client: sent.client };
  const { status, body, reason } = sent;
  if (status >= 200 && status < 300) {
    const object = madeObject(body, call);
    if (object !== undefined) return { kind: "accepted", object };
    return { kind: "open", reason: `${reason}, without the ID of what was created` };
  }
  const code = codeOf(body, codes);
  const isBusy = code !== undefined && codes.busy.includes(code);
  if (status < 400 || status >= 500 || UNDECIDED.has(status) || isBusy) return { kind: "open", reason };
  if (status === TOO_MANY) {
    const after = Math.min(sent.retryAfter ?? USUAL_WAIT, LONGEST_WAIT);
    return { kind: "void", after, reason, pause: false };
  }
  if (status === UNAUTHORIZED) return { kind: "void", after: undefined, reason, pause: true };
  const isFunds = status === NO_FUNDS || (code !== undefined && codes.funds.includes(code));
  return { kind: "refused", cause: isFunds ? "funds" : undefined, reason };
}

/** The object in a success, if it can be read. */
function madeObject(body: unknown, { kind, objectAt }: Call): SeenObject | undefined {
  return seenObject(partAt(body, objectAt), kind);
}

/** Reads an object from the API, if possible. */
export function seenObject(object: unknown, kind: Kind): SeenObject | undefined {
  const id = textAt(object, kind.idAt);
  if (id === undefined) return undefined;
  const created = zonedTimeAt(object, kind.createdAt);
  return { kind: kind.name, id, fate: textAt(object, kind.fateAt), created };
}

function codeOf(body: unknown, codes: ErrorCodes): string | undefined {
  if (!isJson(body)) return undefined;
  for (const pointer of codes.at) {
    const code = getAt(body, pointer);
    if (typeof code === "string") return code;
  }
  return undefined;
}
