import { isObject } from "./json.ts";
import type { Operation } from "./operation.ts";

/**
 * A query in which no value is an object any more: what was in one is there under names of its own, or in a list.
 * @throws Error for an object inside of an object, for which there is no way to write it.
 */
export function flattened(query: object, objects: Operation["objects"] = {}): object {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, unknown][] => {
    const style = Object.hasOwn(objects, name) && objects[name];
    if (!style || !isObject(value)) return [[name, value]];
    const inner = Object.entries(value).filter(([, part]) => part != null);
    const nested = inner.find(([, part]) => typeof part === "object");
    if (nested) throw new Error(`${name}.${nested[0]} cannot be sent`);
    if (style === "list") return inner.length > 0 ? [[name, inner.flat()]] : [];
    return inner.map(([key, part]) => [style === "deep" ? `${name}[${key}]` : key, part]);
  });
  return Object.fromEntries(pairs);
}
