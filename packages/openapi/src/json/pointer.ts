import { isObject, type Json } from "./json.ts";

/**
 * The reference tokens of a JSON Pointer (RFC 6901).
 * @throws SyntaxError if the text is not one.
 */
export function parsePointer(pointer: string): string[] {
  if (pointer === "") return [];
  if (!isPointer(pointer)) throw new SyntaxError(`not a JSON Pointer: ${JSON.stringify(pointer)}`);
  const tokens = pointer.slice(1).split("/");
  return pointer.includes("~")
    ? tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    : tokens;
}

/** Whether a text is a JSON Pointer (RFC 6901). */
export function isPointer(text: string): boolean {
  return text === "" || (text.startsWith("/") && !(text.includes("~") && /~(?![01])/.test(text)));
}

/** The JSON Pointer (RFC 6901) made of these reference tokens. */
export function formatPointer(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The value at a JSON Pointer, or `undefined` if there is none. */
export function getAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const token of parsePointer(pointer)) {
    if (Array.isArray(value)) value = value[indexOf(token) ?? value.length];
    else if (isObject(value) && Object.hasOwn(value, token)) value = value[token];
    else return undefined;
  }
  return value;
}

/**
 * A copy of `root` with `value` at a JSON Pointer; missing objects on the way are created.
 * @throws RangeError if the pointer leads to an array index that does not exist, except for the one after the end.
 */
export function setAt(root: Json, pointer: string, value: Json): Json {
  return setTokens(root, parsePointer(pointer), value);
}

function setTokens(node: Json | undefined, tokens: readonly string[], value: Json): Json {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (Array.isArray(node)) {
    const index = indexOf(token);
    if (index === undefined || index > node.length) {
      throw new RangeError(`${token} is not an index in an array of ${node.length}`);
    }
    return [...node.slice(0, index), setTokens(node[index], rest, value), ...node.slice(index + 1)];
  }
  const entries = new Map(isObject(node) ? Object.entries(node) : []);
  entries.set(token, setTokens(entries.get(token), rest, value));
  return Object.fromEntries(entries);
}

/** A copy of `root` without the value at a JSON Pointer, and without objects that become empty. */
export function removeAt(root: Json, pointer: string): Json {
  return removeTokens(root, parsePointer(pointer)) ?? {};
}

function removeTokens(node: Json, tokens: readonly string[]): Json | undefined {
  const [token, ...rest] = tokens;
  if (token === undefined) return undefined;
  if (Array.isArray(node)) {
    const index = indexOf(token);
    return node.flatMap((item, at) => (at === index ? (removeTokens(item, rest) ?? []) : [item]));
  }
  if (!isObject(node)) return node;
  const child = Object.hasOwn(node, token) ? node[token] : undefined;
  if (child === undefined) return node;
  const remaining = removeTokens(child, rest);
  const entries = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
    if (key !== token) return [[key, value]];
    return remaining === undefined ? [] : [[key, remaining]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The array index that a reference token means; leading zeros are not allowed. */
function indexOf(token: string): number | undefined {
  return /^(0|[1-9]\d*)$/.test(token) ? Number(token) : undefined;
}
