import { getAt, isObject, type Json, type OpenApiDocument, setAt } from "@dots-payouts/openapi";
import { concreteAnswers } from "./without-ranges.ts";

/** What is put together anew, and what no path needs. */
const ELSEWHERE = new Set(["paths", "components", "webhooks"]);

/**
 * The part of a document that one path needs: its operations, what they refer to, and how to log in. Whoever reads a
 * whole document for a single path pays for all the others.
 */
export function documentPart(document: OpenApiDocument, path: string): OpenApiDocument {
  const paths = isObject(document["paths"]) ? document["paths"] : {};
  const components = isObject(document["components"]) ? document["components"] : {};
  const rest = Object.entries(document).filter(([key]) => !ELSEWHERE.has(key) && !key.startsWith("x-"));
  const schemes = components["securitySchemes"];
  const kept: Json = schemes === undefined ? {} : { securitySchemes: schemes };
  const seen = new Set<string>();
  const found: [pointer: string, node: Json][] = [];
  const visit = (node: Json): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (!isObject(node)) return;
    const reference = node["$ref"];
    if (typeof reference === "string" && reference.startsWith("#/") && !seen.has(reference)) {
      seen.add(reference);
      const pointer = decodeURIComponent(reference.slice(1));
      const target = getAt(document, pointer);
      if (target !== undefined) {
        found.push([pointer, target]);
        visit(target);
      }
    }
    for (const value of Object.values(node)) visit(value);
  };
  const item = paths[path] ?? {};
  visit(item);
  visit(kept);
  const start: Json = { ...Object.fromEntries(rest), paths: { [path]: item }, components: kept };
  // What stands below another part that is kept is there already.
  const part = found
    .toSorted(([one], [other]) => one.length - other.length)
    .reduce<Json>((sum, [pointer, node]) => setAt(sum, pointer, node), start);
  return isObject(part) ? withConcreteAnswers(part, path) : document;
}

function withConcreteAnswers(part: OpenApiDocument, path: string): OpenApiDocument {
  const paths = isObject(part["paths"]) ? part["paths"] : {};
  const components = isObject(part["components"]) ? part["components"] : {};
  const item = Object.entries(isObject(paths[path]) ? paths[path] : {}).map(
    ([key, value]): [string, Json] => [
      key,
      isObject(value) && value["responses"] !== undefined
        ? { ...value, responses: concreteAnswers(value["responses"]) }
        : value,
    ],
  );
  return {
    ...part,
    paths: { ...paths, [path]: Object.fromEntries(item) },
    components: { ...components, responses: concreteAnswers(components["responses"]) },
  };
}
