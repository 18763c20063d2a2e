import {
  type JsonObject,
  listProperties,
  type OpenApiDocument,
  type Parameter,
  schemaParts,
} from "@dots-payouts/openapi";

/** How the client writes a list or an object into a query or a form. */
export interface Style {
  /** The separator of its items; absent if each item is a separate pair. */
  readonly separator?: string;
  /**
   * `deep`: an object is a pair for each property, `filter[from]=…`; `flat`: `from=…`; `list`: names and values in
   * one pair.
   */
  readonly object?: "deep" | "flat" | "list";
  /** The names that a flat object adds to the query. */
  readonly names?: readonly string[];
}

interface Problem {
  readonly problem: string;
}

/** The separator of list items, by style, for styles where items are not separate pairs. */
const SEPARATORS: Readonly<Record<string, string>> = {
  form: ",",
  spaceDelimited: "%20",
  pipeDelimited: "%7C",
};

/** How the client writes a parameter, or the reason why it can't. */
export function styleOf(document: OpenApiDocument, parameter: Parameter): Style | Problem {
  const { node, schema } = parameter;
  if (schema === undefined) return { problem: "the client can only send it if it has its own schema" };
  const types = typesAt(document, [schema]);
  const place = parameter.in;
  if (types.size === 0) return { problem: "the client has to know its type" };
  const isList = types.has("array");
  const isObject = types.has("object");
  if (place === "path" && (isList || isObject)) {
    return { problem: `the client can't write ${isList ? "lists" : "objects"} into a path` };
  }
  if (isList && isObject) return { problem: "the client can't write what may be a list or an object" };
  const style = node["style"] ?? (place === "path" ? "simple" : "form");
  if (place === "path") {
    return style === "simple" ? {} : { problem: `the client does not know the style ${String(style)}` };
  }
  const isExploded = (node["explode"] ?? (style === "form" || style === "deepObject")) === true;
  if (isObject) return objectStyle(document, schema, style, isExploded);
  if (style === "deepObject") return { problem: "deepObject is only for objects" };
  if (!isList) return {};
  const items = schemaParts(document, schema).flatMap(({ node: part, pointer }) =>
    part["items"] === undefined ? [] : [`${pointer}/items`],
  );
  if (!isPlain(typesAt(document, items))) {
    return { problem: "the client can't write lists of lists or objects into a query" };
  }
  const separator = typeof style === "string" ? SEPARATORS[style] : undefined;
  if (separator === undefined) return { problem: `the client does not know the style ${String(style)}` };
  return isExploded ? {} : { separator };
}

function objectStyle(
  document: OpenApiDocument,
  schema: string,
  style: unknown,
  isExploded: boolean,
): Style | Problem {
  const properties = listProperties(document, schema);
  for (const { name, schemas } of properties) {
    const types = typesAt(
      document,
      schemas.map(({ pointer }) => pointer),
    );
    if (types.size === 0) return { problem: `the client has to know the type of ${name}` };
    if (!isPlain(types)) return { problem: `the client can't write ${name} of it, a list or an object` };
  }
  const others = furtherProperties(document, schema);
  if (others === "any" && properties.length === 0) {
    return { problem: "the client has to know the types of its properties" };
  }
  if (style === "deepObject" && isExploded) return { object: "deep" };
  if (style !== "form") return { problem: `the client does not know the style ${String(style)} of objects` };
  if (!isExploded) return { object: "list", separator: "," };
  if (others === "plain") return { problem: "its additional properties would look like parameters" };
  return { object: "flat", names: properties.map(({ name }) => name) };
}

/** The values of an object's additional properties: plain values, or anything. */
function furtherProperties(document: OpenApiDocument, schema: string): "plain" | "any" {
  const parts = schemaParts(document, schema).filter(({ node }) => isTyped(node));
  const places = parts.map(({ pointer }) => `${pointer}/additionalProperties`);
  return places.length > 0 && isPlain(typesAt(document, places)) ? "plain" : "any";
}

function isTyped({ additionalProperties }: JsonObject): boolean {
  return typeof additionalProperties === "object";
}

/** The types of one value, from the `type` or the listed values of its schemas. */
function typesAt(document: OpenApiDocument, pointers: readonly string[]): ReadonlySet<unknown> {
  const nodes = pointers.flatMap((pointer) => schemaParts(document, pointer)).map(({ node }) => node);
  return new Set(
    nodes.flatMap((node): unknown[] => {
      if (node["type"] !== undefined) return [node["type"]].flat();
      if (node["properties"] !== undefined) return ["object"];
      return "enum" in node || "const" in node ? ["string"] : [];
    }),
  );
}

function isPlain(types: ReadonlySet<unknown>): boolean {
  return !types.has("array") && !types.has("object");
}

/** How an operation writes its query or form, by parameter name. Parameters with the default style are left out. */
export interface Styles {
  readonly separators?: Readonly<Record<string, string>>;
  readonly objects?: Readonly<Record<string, "deep" | "flat" | "list">>;
}

export function stylesOf(document: OpenApiDocument, parameters: readonly Parameter[]): Styles {
  const styles = parameters.flatMap((parameter): [string, Style][] => {
    const style = parameter.in === "query" ? styleOf(document, parameter) : undefined;
    return style === undefined || "problem" in style ? [] : [[parameter.name, style]];
  });
  const separators = styles.flatMap(([name, { separator }]) =>
    separator === undefined ? [] : [[name, separator]],
  );
  const objects = styles.flatMap(([name, { object }]) => (object === undefined ? [] : [[name, object]]));
  return {
    ...(separators.length > 0 && { separators: Object.fromEntries(separators) }),
    ...(objects.length > 0 && { objects: Object.fromEntries(objects) }),
  };
}

/** A name that two parameters would use, because one of them is an object whose properties are separate pairs. */
export function clashOf(document: OpenApiDocument, parameters: readonly Parameter[]): string | undefined {
  const written = parameters.flatMap((parameter) => {
    const style = styleOf(document, parameter);
    return "names" in style && style.names !== undefined ? style.names : [parameter.name];
  });
  return written.find((name, index) => written.indexOf(name) !== index);
}
