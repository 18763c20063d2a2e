import { getAt, type Json } from "@dots-payouts/openapi";
import type { Api, Call } from "../api/calls.ts";
import { referenceIn } from "../api/compose.ts";
import type { FoundObject, SeenObject } from "../store/objects.ts";
import { foundObject } from "./seen-object.ts";

/** The parts of a request that its answer has to match. */
export interface Asked {
  /** The caller's own ID of the row. */
  readonly id: string;
  /** The exact text that was sent. */
  readonly body: string;
}

/** What the object in an answer shows about itself. */
export interface Doubt {
  /** Whether it has the row's own reference, so that it certainly belongs to the row. */
  readonly isOurs: boolean;
  /** How it differs from the request, in words. */
  readonly words: string | undefined;
  /** What it is, if it has the reference of another request. */
  readonly other: FoundObject | undefined;
}

/**
 * Compares an answer's object with the request, because a proxy in between may mix up answers. A field that the
 * object leaves out, or has in another form, proves nothing: not every API repeats what it was sent.
 */
export function doubtOf(made: Json, { id: object }: SeenObject, asked: Asked, call: Call, api: Api): Doubt {
  const sent: Json = JSON.parse(asked.body);
  const found = foundObject(made, call.kind, api);
  if (found !== undefined && found.reference !== asked.id) {
    return { isOurs: false, words: `${object}, which has the ID of ${found.reference}`, other: found };
  }
  const digest = referenceIn(sent, call.referenceAt)?.digest;
  if (found?.digest !== undefined && digest !== undefined && found.digest !== digest) {
    return { isOurs: false, words: `${object}, which was created from other content`, other: found };
  }
  const isOurs = found !== undefined;
  const words = isOurs ? undefined : otherText(made, sent, call);
  const doubt = words ?? otherAmount(made, sent, call);
  return { isOurs, words: doubt === undefined ? undefined : `${object} ${doubt}`, other: undefined };
}

/** If the caller sent a text instead of a reference, the API may cut or trim it. */
function otherText(made: Json, sent: Json, { referenceAt, echo }: Call): string | undefined {
  const [given, back] = [valueAt(sent, referenceAt), valueAt(made, echo.referenceAt)];
  if (typeof given !== "string" || typeof back !== "string") return undefined;
  return given.trim().startsWith(back.trim())
    ? undefined
    : "whose reference differs from the one that was sent";
}

function otherAmount(made: Json, sent: Json, { amountAt, echo }: Call): string | undefined {
  const [given, back] = [valueAt(sent, amountAt), valueAt(made, echo.amountAt)];
  if (typeof given !== "number" || typeof back !== "number" || given === back) return undefined;
  return `with the amount ${back}, but ${given} was sent`;
}

function valueAt(value: Json, pointer: string | undefined): Json | undefined {
  return pointer === undefined ? undefined : getAt(value, pointer);
}
