import { type OpenApiDocument, type Parameter, schemaParts } from "@dots-payouts/openapi";

/** What stands between the items of a list, by style, where they do not become a pair each. */
const SEPARATORS: Readonly<Record<string, string>> = {
  form: ",",
  spaceDelimited: "%20",
  pipeDelimited: "%7C",
};

/**
 * What stands between the items of a list in a query; `undefined` if each is its own pair, or where there is no
 * list. A problem where the client can't write the parameter.
 */
export function separatorOf(
  document: OpenApiDocument,
  parameter: Parameter,
): string | undefined | { readonly problem: string } {
  const { node, schema } = parameter;
  if (schema === undefined) return { problem: "the client can send it only if it has its own schema" };
  const parts = schemaParts(document, schema);
  const types = new Set(parts.flatMap((part) => [part.node["type"] ?? []].flat()));
  const isList = types.has("array");
  const place = parameter.in;
  if (types.size === 0 && !parts.some(({ node }) => "enum" in node || "const" in node)) {
    return { problem: "the client has to know its type" };
  }
  if (types.has("object") || (place === "path" && isList)) {
    return { problem: `the client can't write ${isList ? "lists" : "objects"} into a ${place}` };
  }
  const style = node["style"] ?? (place === "path" ? "simple" : "form");
  if (place === "path") {
    return style === "simple"
      ? undefined
      : { problem: `the client does not know the style ${String(style)}` };
  }
  if (!isList) return undefined;
  const items = parts.flatMap(({ node, pointer }) =>
    node["items"] === undefined ? [] : schemaParts(document, `${pointer}/items`),
  );
  if (
    items.some((part) => [part.node["type"]].flat().some((type) => type === "object" || type === "array"))
  ) {
    return { problem: "the client can't write lists of lists or objects into a query" };
  }
  const separator = typeof style === "string" ? SEPARATORS[style] : undefined;
  if (separator === undefined) return { problem: `the client does not know the style ${String(style)}` };
  return (node["explode"] ?? style === "form") === true ? undefined : separator;
}

/** The separators of all lists that an operation takes in its query, by parameter. */
export function separatorsOf(
  document: OpenApiDocument,
  parameters: readonly Parameter[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const separator = parameter.in === "query" ? separatorOf(document, parameter) : undefined;
      return typeof separator === "string" ? [[parameter.name, separator]] : [];
    }),
  );
}
