import { type ErrorCodes, getAt } from "@dots-payouts/openapi";
import type { Api, Call } from "../api/calls.ts";
import { isJson, partAt } from "../api/read-at.ts";
import type { Sent } from "../api/sender.ts";
import type { FoundObject, SeenObject } from "../store/objects.ts";
import { type Asked, doubtOf } from "./doubt.ts";
import { seenObject } from "./seen-object.ts";

/** What the result of a request means for the money, and for the run. */
export type Meaning =
  | {
      readonly kind: "accepted";
      readonly object: SeenObject;
      /** Something that a person has to look at anyway. */
      readonly alarm: string | undefined;
    }
  | { readonly kind: "refused"; readonly cause: "funds" | undefined; readonly reason: string }
  /** Certainly not carried out. `after`: milliseconds that the API asks everyone to wait. */
  | {
      readonly kind: "void";
      readonly after: number | undefined;
      readonly reason: string;
      readonly pause: boolean;
    }
  /** `client`: the client that it was sent as, if not the intended one. */
  | {
      readonly kind: "open";
      readonly reason: string;
      readonly client?: string | undefined;
      readonly odd?: OddAnswer;
    };

/** A success that does not match its request. */
interface OddAnswer {
  /** The object, if it has another reference. */
  readonly other: FoundObject | undefined;
}

/** How long everyone waits if the API asks for it without saying how long, in milliseconds. */
const USUAL_WAIT = 1_000;

/** The longest wait that is kept to at a time, in milliseconds. After it, the API is asked again. */
const LONGEST_WAIT = 3_600_000;

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
export function classify(sent: Sent, asked: Asked, call: Call, api: Api): Meaning {
  if (sent.kind === "not-sent") {
    return { kind: "void", after: undefined, reason: sent.reason, pause: sent.isOtherClient === true };
  }
  if (sent.kind === "lost") return { kind: "open", reason: sent.reason, client: sent.client };
  const { status, body, reason } = sent;
  if (status >= 200 && status < 300) {
    return (
      madeBy(body, asked, call, api) ?? {
        kind: "open",
        reason: `${reason}, without the ID of what was created`,
      }
    );
  }
  const { codes } = api;
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

/** What a success means, if its object can be read. */
function madeBy(body: unknown, asked: Asked, call: Call, api: Api): Meaning | undefined {
  const made = partAt(body, call.objectAt);
  const object = seenObject(made, call.kind);
  if (object === undefined || !isJson(made)) return undefined;
  const { isOurs, words, other } = doubtOf(made, object, asked, call, api);
  if (words !== undefined && !isOurs) {
    return { kind: "open", reason: `The API answered with ${words}`, odd: { other } };
  }
  const alarm = words === undefined ? undefined : `The API created ${words}`;
  return { kind: "accepted", object: { ...object, isOurs }, alarm };
}

function codeOf(body: unknown, codes: ErrorCodes): string | undefined {
  if (!isJson(body)) return undefined;
  for (const pointer of codes.at) {
    const code = getAt(body, pointer);
    if (typeof code === "string") return code;
  }
  return undefined;
}
