import {
  changeNodes,
  eachNode,
  getAt,
  isObject,
  type JsonObject,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";
import type { Note } from "../change/change.ts";
import { withoutWords } from "../change/words.ts";
import { sorted } from "../proof/signature.ts";
import type { Versions } from "./versions.ts";

/** One alternative of credentials: those that are needed together, each with its scopes. */
interface Alternative {
  readonly name: string;
  /** The required scopes by the content of each scheme; its name does not matter. */
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Compares the credentials that an operation accepts. */
export function compareSecurity({ before, after, note }: Versions, old: Operation, now: Operation): void {
  const were = alternatives(before, old);
  const are = alternatives(after, now);
  let isSame = true;
  const tell: Note = (...change) => {
    isSame = false;
    note(...change);
  };
  for (const known of were) {
    if (are.some((other) => isEnough(known, other))) continue;
    const closer = are.find((other) => [...other.needs.keys()].every((scheme) => known.needs.has(scheme)));
    if (closer === undefined) tell("breaking", `The operation no longer accepts ${known.name}.`);
    else tell("breaking", `The operation now requires ${closer.name}, where ${known.name} was enough.`);
  }
  for (const fresh of are) {
    if (!were.some((known) => isEnough(fresh, known)))
      tell("addition", `The operation now accepts ${fresh.name}.`);
  }
  if (isSame && textOf(were) !== textOf(are)) {
    note("words", "The operation lists its credentials differently, but accepts exactly the same ones.");
  }
}

/** The same for the same alternatives in a different order. */
function textOf(ways: readonly Alternative[]): string {
  const texts = ways.map(({ needs }) =>
    [...needs].map(([scheme, scopes]) => JSON.stringify([scheme, ...[...scopes].sort()])).sort(),
  );
  return texts.map(String).sort().join("\n");
}

/** Compares the available scopes, by scheme. */
export function compareScopes(before: OpenApiDocument, after: OpenApiDocument, note: Note): void {
  const [were, are] = [scopesOf(before), scopesOf(after)];
  for (const scope of were) if (!are.has(scope)) note("breaking", `The scope ${scope} is gone.`);
  for (const scope of are) if (!were.has(scope)) note("addition", `The scope ${scope} is new.`);
}

function scopesOf(document: OpenApiDocument): Set<string> {
  const schemes = getAt(document, "/components/securitySchemes");
  const scopes = new Set<string>();
  for (const [name, scheme] of Object.entries(isObject(schemes) ? schemes : {})) {
    eachNode(scheme, (node) => {
      for (const scope of Object.keys(isObject(node["scopes"]) ? node["scopes"] : {}))
        scopes.add(`${name}: ${scope}`);
    });
  }
  return scopes;
}

/** Whether the credentials for one alternative also satisfy another. */
function isEnough(own: Alternative, asked: Alternative): boolean {
  return [...asked.needs].every(([scheme, scopes]) => {
    const given = own.needs.get(scheme);
    return given !== undefined && [...scopes].every((scope) => given.has(scope));
  });
}

function alternatives(document: OpenApiDocument, operation: Operation): Alternative[] {
  if (operation.security.length === 0) return [{ name: "calls without credentials", needs: new Map() }];
  const own = getAt(document, `${operation.pointer}/security`) ?? document["security"];
  const requirements = Array.isArray(own) ? own : [];
  return operation.security.map((schemes, index) => {
    const requirement = requirements[index];
    const needs = new Map<string, Set<string>>();
    const names = schemes.map(({ name, scheme, type, node }) => {
      const listed = isObject(requirement) ? requirement[name] : undefined;
      const scopes = (Array.isArray(listed) ? listed : []).map(String);
      needs.set(JSON.stringify(sorted(withoutWords("scheme", withoutScopes(node)))), new Set(scopes));
      const suffix = scopes.length === 0 ? "" : ` for ${scopes.join(" and ")}`;
      return `${name} (${scheme ?? type})${suffix}`;
    });
    return { name: names.length === 0 ? "calls without credentials" : names.join(" with "), needs };
  });
}

/** The available scopes are compared separately. */
function withoutScopes(scheme: JsonObject): JsonObject {
  return changeNodes(scheme, ({ scopes: _, ...rest }, walk) => walk.below(rest));
}
