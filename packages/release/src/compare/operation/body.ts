import {
  follow,
  formatPointer,
  type Located,
  type MediaType,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";
import { ADVICE, VALUES } from "../change/advice.ts";
import { assumedIn } from "../change/assumed.ts";
import { type Direction, impactOf } from "../change/change.ts";
import { compareOtherKeys } from "./other-keys.ts";
import { compareSchemasAt, find, pairs, type Versions } from "./versions.ts";

export function compareBodies(versions: Versions, before: Operation, after: Operation): void {
  const { note, sent } = versions;
  const [old, now] = [before.requestBody, after.requestBody];
  const [from, to] = [`${before.pointer}/requestBody`, `${after.pointer}/requestBody`];
  const assumed = (...keys: string[]) => assumedIn(versions, ...bodies(versions, from, to), ...keys);
  if (old === undefined || now === undefined) {
    if (old !== undefined)
      note("breaking", "The operation no longer takes a request body.", undefined, assumed());
    if (now?.required === true) {
      const impact = impactOf(sent, "narrower");
      note(impact, "The operation needs a request body now.", ADVICE.neededProperty, assumed());
    }
    if (now?.required === false)
      note("addition", "The operation may have a request body now.", undefined, assumed());
    return;
  }
  if (old.required !== now.required) {
    note(
      impactOf(sent, now.required ? "narrower" : "wider"),
      `The request body is now ${now.required ? "required" : "optional"}.`,
      now.required ? ADVICE.neededProperty : ADVICE.spareProperty,
      assumed("required"),
    );
  }
  const side = { direction: sent, side: "request" };
  compareContent(
    versions,
    side,
    { pointer: from, content: old.content },
    { pointer: to, content: now.content },
  );
  const places = [find(versions.before, from), find(versions.after, to)] as const;
  compareOtherKeys(versions, ...places, ["content", "required"], "The request body");
}

/** Pointers to the bodies, if there are any; references are allowed. */
function bodies(
  { before, after }: Versions,
  from: string,
  to: string,
): [string | undefined, string | undefined] {
  const at = (document: OpenApiDocument, pointer: string): string | undefined => {
    const place = find(document, pointer);
    return place.node === null ? undefined : follow(document, place).pointer;
  };
  return [at(before, from), at(after, to)];
}

interface Owner {
  readonly pointer: string;
  readonly content: readonly MediaType[];
}

/** Compares the media types of a body. */
export function compareContent(
  versions: Versions,
  side: { direction: Direction; side: string },
  old: Owner,
  now: Owner,
): void {
  for (const [type, from, to] of pairs(old.content, now.content, (media) => media.type)) {
    if (from === undefined && old.content.length === 0 && side.direction === "request") {
      // Callers that sent no body have to send one now.
      versions.note("breaking", `The ${side.side} has to be ${type} now.`, VALUES.request.narrower);
    } else if (from === undefined) {
      versions.note("addition", `The ${side.side} may also be ${type}.`, VALUES[side.direction].wider);
    } else if (to === undefined) {
      versions.note("breaking", `The ${side.side} is no longer ${type}.`, VALUES[side.direction].narrower);
    } else {
      compareSchemasAt(versions, side, from.schema, to.schema);
      const [was, is] = [mediaAt(versions.before, old, type), mediaAt(versions.after, now, type)];
      compareOtherKeys(versions, was, is, ["schema"], `The ${type} of the ${side.side}`);
    }
  }
}

function mediaAt(document: OpenApiDocument, { pointer }: Owner, type: string): Located {
  const owner = follow(document, find(document, pointer));
  return find(document, owner.pointer + formatPointer(["content", type]));
}
