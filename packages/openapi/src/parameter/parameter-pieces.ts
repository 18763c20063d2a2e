import type { Parameter } from "../operation/operation.ts";

/** What a request contains besides its body. */
export interface SentParameters {
  /** The values of the path's parameters, as they were sent: still percent-encoded. */
  readonly path: Readonly<Record<string, string>>;
  /** The query as it was sent, without the question mark. */
  readonly query: string;
  /** The value of a header, by its name in lower case. */
  header(name: string): string | undefined;
}

export type Shape = "text" | "list" | "object";

/** A parameter split by its style, before its types are known. */
export type Pieces =
  | { readonly shape: "text"; readonly text: string }
  | { readonly shape: "list"; readonly items: readonly string[] }
  | { readonly shape: "object"; readonly entries: readonly (readonly [name: string, value: string])[] };

/**
 * Splits a parameter. Returns nothing if it was not sent.
 * @param names the properties of an object, which the style `form` writes as separate parameters
 */
export function piecesOf(
  parameter: Parameter,
  shape: Shape,
  names: readonly string[],
  sent: SentParameters,
): readonly Pieces[] {
  switch (parameter.in) {
    case "path":
      return fromPath(parameter, shape, sent.path);
    case "query":
      return fromPairs(parameter, shape, names, pairsOf(sent.query, "&"), true);
    case "cookie":
      return fromPairs(parameter, shape, names, pairsOf(sent.header("cookie") ?? "", ";"), false);
    default: {
      const value = sent.header(parameter.name.toLowerCase());
      return value === undefined ? [] : [split(value, shape, ",", isExploded(parameter, false), plain)];
    }
  }
}

/** A way to read percent-encoded text. */
type Decode = (text: string) => string;

const plain: Decode = (text) => text.trim();

const percent: Decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const form: Decode = (text) => percent(text.replaceAll("+", " "));

function isExploded({ node }: Parameter, usual: boolean): boolean {
  return typeof node["explode"] === "boolean" ? node["explode"] : usual;
}

function fromPath({ name, node, ...rest }: Parameter, shape: Shape, path: SentParameters["path"]): Pieces[] {
  const value = Object.hasOwn(path, name) ? path[name] : undefined;
  if (value === undefined) return [];
  const exploded = isExploded({ name, node, ...rest }, false);
  if (node["style"] === "label") {
    return [split(value.replace(/^\./, ""), shape, exploded ? "." : ",", exploded, percent)];
  }
  if (node["style"] === "matrix") {
    const parts = value.replace(/^;/, "");
    if (shape === "object" && exploded) return [split(parts, shape, ";", true, percent)];
    const values = parts.split(";").map((part) => part.slice(part.indexOf("=") + 1));
    return [split(values.join(","), shape, ",", false, percent)];
  }
  return [split(value, shape, ",", exploded, percent)];
}

/** Splits a single text. Objects are `a=1,b=2` if exploded, else `a,1,b,2`. */
function split(text: string, shape: Shape, separator: string, exploded: boolean, decode: Decode): Pieces {
  if (shape === "text") return { shape, text: decode(text) };
  const parts = text === "" ? [] : text.split(separator);
  if (shape === "list") return { shape, items: parts.map(decode) };
  if (exploded) {
    const pairs = parts.map((part) => part.split("="));
    return { shape, entries: pairs.map(([name = "", ...value]) => [decode(name), decode(value.join("="))]) };
  }
  const entries = parts.flatMap((part, index) =>
    index % 2 === 0 ? [[decode(part), decode(parts[index + 1] ?? "")] as const] : [],
  );
  return { shape, entries };
}

type Pair = readonly [name: string, value: string];

/** Names and values, still encoded. */
function pairsOf(text: string, separator: string): Pair[] {
  return text
    .split(separator)
    .map((part) => (separator === ";" ? part.trim() : part))
    .filter((part) => part !== "")
    .map((part) => {
      const equals = part.indexOf("=");
      return equals === -1 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
    });
}

/** Separators of lists in one value, as they are sent and as they are encoded. */
const SEPARATORS: Readonly<Record<string, RegExp>> = {
  spaceDelimited: /%20|\+| /,
  pipeDelimited: /%7c|\|/i,
};

function fromPairs(
  parameter: Parameter,
  shape: Shape,
  names: readonly string[],
  pairs: readonly Pair[],
  isQuery: boolean,
): Pieces[] {
  const { name, node } = parameter;
  const decode = isQuery ? form : percent;
  const style = String(node["style"] ?? "form");
  if (style === "deepObject") {
    const entries = pairs.flatMap(([sent, value]): Pair[] => {
      const key = decode(sent);
      const inner =
        key.startsWith(`${name}[`) && key.endsWith("]") ? key.slice(name.length + 1, -1) : undefined;
      return inner === undefined ? [] : [[inner, decode(value)]];
    });
    return entries.length === 0 ? [] : [{ shape: "object", entries }];
  }
  const exploded = isExploded(parameter, style === "form");
  if (shape === "object" && exploded) {
    const own = pairs.filter(([sent]) => names.includes(decode(sent)));
    if (own.length === 0) return [];
    return [{ shape, entries: own.map(([sent, value]) => [decode(sent), decode(value)]) }];
  }
  const values = pairs.filter(([sent]) => decode(sent) === name).map(([, value]) => value);
  const [first] = values;
  if (first === undefined) return [];
  // A value that is sent twice is a list, whatever the schema says, and has the wrong type then.
  if (values.length > 1 || (shape === "list" && exploded))
    return [{ shape: "list", items: values.map(decode) }];
  const separator = SEPARATORS[style];
  if (separator !== undefined && shape === "list")
    return [{ shape, items: first.split(separator).map(decode) }];
  return [split(first, shape, ",", false, decode)];
}
