import { type Echo, getAt, isObject, keywordValues, typesOf } from "@dots-payouts/openapi";

import type { TestedBody } from "./tested-body.ts";

/**
 * The places of requests that say how much is paid, and to whom: the top-level numbers, IDs and described objects that
 * some operation requires.
 */
export function moneyPlaces(bodies: readonly TestedBody[]): ReadonlySet<string> {
  return new Set(
    bodies.flatMap(({ smallest, fields }) =>
      fields.flatMap(({ pointer, parts }) => {
        const needed = smallest.some((body) => getAt(body, pointer) !== undefined);
        if (!needed || pointer.lastIndexOf("/") > 0) return [];
        const isNumber = typesOf(parts)?.some((type) => type === "integer" || type === "number") === true;
        const isId = keywordValues(parts, "format").includes("uuid");
        return isNumber || isId || parts.some((part) => isObject(part["properties"])) ? [pointer] : [];
      }),
    ),
  );
}

/** Whether a place is one of these places, or inside one of them. */
export function isWithin(places: Iterable<string>, pointer: string): boolean {
  return [...places].some((place) => pointer === place || pointer.startsWith(`${place}/`));
}

/** The places of an answer that echo certain places of the request. */
export function echoesOf(echo: readonly Echo[], places: ReadonlySet<string>): string[] {
  return echo.flatMap(({ request, response }) => (isWithin(places, request) ? [response] : []));
}
