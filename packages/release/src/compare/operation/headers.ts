import {
  follow,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  type Located,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { ADVICE } from "../change/advice.ts";
import { assumedIn } from "../change/assumed.ts";
import { type Direction, impactOf } from "../change/change.ts";
import { compareOtherKeys } from "./other-keys.ts";
import { compareSchemasAt, pairs, type Versions } from "./versions.ts";

interface Header {
  readonly name: string;
  readonly node: JsonObject;
  readonly pointer: string;
}

/** Compares the headers of a response, by case-insensitive name. */
export function compareHeaders(
  versions: Versions,
  side: { direction: Direction; side: string },
  old: Located,
  now: Located,
): void {
  const headers = pairs(headersOf(versions.before, old), headersOf(versions.after, now), ({ name }) =>
    name.toLowerCase(),
  );
  for (const [, from, to] of headers) {
    const who = `The header ${(to ?? from)?.name} of the ${side.side}`;
    if (from === undefined || to === undefined) {
      const sure = to?.node["required"] === true ? ADVICE.sentHeader : undefined;
      const needed = sure !== undefined && side.direction === "request";
      const assumed = assumedIn(versions, from?.pointer, to?.pointer);
      if (from === undefined) {
        versions.note(needed ? "breaking" : "addition", `${who} is new.`, sure, assumed);
      } else versions.note("breaking", `${who} is gone.`, ADVICE.goneResponseProperty, assumed);
      continue;
    }
    compareHeader(versions, side.direction, who, from, to);
  }
}

function compareHeader(
  versions: Versions,
  direction: Direction,
  who: string,
  from: Header,
  to: Header,
): void {
  const assumed = (...keys: string[]) => assumedIn(versions, from.pointer, to.pointer, ...keys);
  const [was, is] = [from, to].map(({ node }) => node["required"] === true);
  if (was !== is) {
    const impact = impactOf(direction, is ? "narrower" : "wider");
    const text = `${who} is now ${is ? "required" : "optional"}.`;
    versions.note(impact, text, is ? ADVICE.sureProperty : ADVICE.unsureProperty, assumed("required"));
  }
  if ((from.node["deprecated"] === true) !== (to.node["deprecated"] === true)) {
    versions.note(
      "addition",
      `${who} is ${to.node["deprecated"] === true ? "deprecated" : "no longer deprecated"}.`,
    );
  }
  const schemas = [from, to].map(({ node, pointer }) =>
    node["schema"] === undefined ? undefined : `${pointer}/schema`,
  );
  const side = who.replace(/^The /, "");
  compareSchemasAt(versions, { direction, side }, schemas[0], schemas[1]);
  compareOtherKeys(
    versions,
    { ...from, node: spelledOut(from.node) },
    { ...to, node: spelledOut(to.node) },
    ["required", "deprecated", "schema"],
    who,
  );
}

/** Headers have one style, with commas in lists (OpenAPI 3.1, Header Object). */
function spelledOut(node: JsonObject): Json {
  return { style: "simple", explode: false, ...node };
}

function headersOf(document: OpenApiDocument, owner: Located): Header[] {
  const headers = getAt(owner.node, "/headers");
  return Object.entries(isObject(headers) ? headers : {}).map(([name, node]) => {
    const place = { node, pointer: owner.pointer + formatPointer(["headers", name]) };
    const { node: header, pointer } = follow(document, place);
    return { name, node: isObject(header) ? header : {}, pointer };
  });
}
