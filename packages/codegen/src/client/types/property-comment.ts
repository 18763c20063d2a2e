import {
  isObject,
  type Json,
  type JsonObject,
  type Located,
  type OpenApiDocument,
  referenceHops,
} from "@dots-payouts/openapi";
import { docComment } from "../../text/doc-comment.ts";

/** The comment of a property, from its schema or the schema that it refers to. */
export function propertyComment(
  document: OpenApiDocument,
  { node: owner }: { readonly node: JsonObject; readonly pointer: string },
  name: string,
  place: Located,
): string {
  const hops = referenceHops(document, place).flatMap(({ node }) => (isObject(node) ? [node] : []));
  const first = (keyword: string): Json | undefined =>
    hops.find((hop) => hop[keyword] !== undefined)?.[keyword];
  const description = first("description");
  const example = first("example") ?? examplesIn(first("examples"))[0];
  const tags = [
    ...(typeof first("format") === "string" ? [`@format ${String(first("format"))}`] : []),
    ...(first("default") === undefined ? [] : [`@default ${JSON.stringify(first("default"))}`]),
    ...(example === undefined ? [] : [`@example ${JSON.stringify(example)}`]),
    ...(first("deprecated") === true ? ["@deprecated"] : []),
  ];
  return docComment([
    typeof description === "string" ? description : undefined,
    ...[...hops.flatMap(assumptions), ...assumptionsOfName(owner, name)].map(sayAssumed),
    tags.join("\n"),
  ]);
}

/** The comment of a named schema. */
export function schemaComment(node: Json): string {
  if (!isObject(node)) return "";
  const { description, deprecated } = node;
  return docComment([
    typeof description === "string" ? description : undefined,
    ...assumptions(node).map(sayAssumed),
    deprecated === true ? "@deprecated" : undefined,
  ]);
}

/** What is assumed in a node itself: all of it, or one of its keywords. */
export function assumptions(node: JsonObject): string[] {
  const mark = node["x-assumption"];
  if (typeof mark === "string") return [mark];
  return isObject(mark) ? Object.values(mark).filter((reason) => typeof reason === "string") : [];
}

function assumptionsOfName({ "x-assumption": mark }: JsonObject, name: string): string[] {
  if (!isObject(mark)) return [];
  return Object.values(mark).flatMap((reasons) => {
    const reason = isObject(reasons) && Object.hasOwn(reasons, name) ? reasons[name] : undefined;
    return typeof reason === "string" ? [reason] : [];
  });
}

export function sayAssumed(reason: string): string {
  return `Assumption: ${reason.trim()}`;
}

function examplesIn(examples: Json | undefined): readonly Json[] {
  return Array.isArray(examples) ? examples : [];
}
