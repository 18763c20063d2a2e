import { isObject, type Json } from "./json.ts";

/**
 * The reference tokens of a JSON Pointer (RFC 6901).
 * @throws SyntaxError when the text is not one.
 */
export function parsePointer(pointer: string): string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) {
    throw new SyntaxError(`not a JSON Pointer: ${JSON.stringify(pointer)}`);
  }
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The JSON Pointer (RFC 6901) made of these reference tokens. */
export function formatPointer(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The value at a JSON Pointer, or `undefined` where there is none. */
export function getAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const token of parsePointer(pointer)) {
    if (Array.isArray(value)) value = /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
    else if (isObject(value) && Object.hasOwn(value, token)) value = value[token];
    else return undefined;
  }
  return value;
}

/** A copy of `root` with `value` at a JSON Pointer; objects on the way are made where they are missing. */
export function setAt(root: Json, pointer: string, value: Json): Json {
  return setTokens(root, parsePointer(pointer), value);
}

function setTokens(node: Json | undefined, tokens: readonly string[], value: Json): Json {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (Array.isArray(node)) {
    const copy = [...node];
    copy[Number(token)] = setTokens(node[Number(token)], rest, value);
    return copy;
  }
  const entries = isObject(node) ? Object.entries(node).filter(([key]) => key !== token) : [];
  const child = isObject(node) && Object.hasOwn(node, token) ? node[token] : undefined;
  return Object.fromEntries([...entries, [token, setTokens(child, rest, value)]]);
}

/** A copy of `root` without what stands at a JSON Pointer, and without the objects that this leaves empty. */
export function removeAt(root: Json, pointer: string): Json {
  return removeTokens(root, parsePointer(pointer)) ?? {};
}

function removeTokens(node: Json, tokens: readonly string[]): Json | undefined {
  const [token, ...rest] = tokens;
  if (token === undefined) return undefined;
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
