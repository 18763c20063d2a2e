import { type OpenApiDocument, type Parameter, schemaParts } from "@dots-payouts/openapi";

/** The separator of list items, by style, for styles where items are not separate pairs. */
const SEPARATORS: Readonly<Record<string, string>> = {
  form: ",",
  spaceDelimited: "%20",
  pipeDelimited: "%7C",
};

/**
 * The separator of list items in a query; `undefined` if each is its own pair, or if there is no list. A problem if the
 * client can't write the parameter.
 */
export function separatorOf(
  document: OpenApiDocument,
  parameter: Parameter,
): string | undefined | { readonly problem: string } {
  const { node, schema } = parameter;
  if (schema === undefined) return { problem: "the client can only send it if it has its own schema" };
  const parts = schemaParts(document, schema);
  const types = new Set(parts.flatMap((part) => [part.node["type"] ?? []].flat()));
  const isList = types.has("array");
  const place = parameter.in;
  if (types.size === 0 && !parts.some(({ node }) => "enum" in node || "const" in node)) {
    return { problem: "the client needs to know its type" };
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

/** The separators of all list parameters in an operation's query. */
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
