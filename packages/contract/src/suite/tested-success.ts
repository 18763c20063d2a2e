import {
  type Echo,
  type GeneratedValue,
  isObject,
  type Json,
  jsonContent,
  type LocatedSchema,
  listedValues,
  listGeneratedValues,
  type MediaType,
  memoize,
  type Response,
  schemasAt,
} from "@dots-payouts/openapi";
import type { Schemas } from "../schema/validators.ts";

import type { Spec } from "./spec.ts";

/** A documented success with a JSON body. */
export interface TestedSuccess {
  readonly response: Response;
  readonly media: MediaType;
  readonly echo: readonly Echo[];
  readonly generated: readonly GeneratedValue[];
  /** Whether the schema allows a value at a place: what it does not allow there is not echoed. */
  allows(pointer: string, value: Json): boolean;
  /** The names of the properties that the spec describes at a place; none where anything goes. */
  describedAt(pointer: string): ReadonlySet<string>;
  /** Whether a place holds one of a list of states: a resource moves on by itself. */
  isState(pointer: string): boolean;
}

export function testedSuccess(spec: Spec, schemas: Schemas, response: Response): TestedSuccess | undefined {
  const media = jsonContent(response.content);
  const schema = media?.schema;
  if (media === undefined || schema === undefined) return undefined;
  // What belongs to a nested object was made when that was: a fresh value is promised of the resource itself.
  const generated = listGeneratedValues(spec.document, schema).filter(
    ({ pointer }) => pointer.lastIndexOf("/") === 0,
  );
  const at = memoize((pointer: string): readonly LocatedSchema[] =>
    schemasAt(spec.document, schema, pointer),
  );
  return {
    response,
    media,
    echo: response.echo,
    generated,
    allows: (pointer, value) => {
      const places = at(pointer).map((place) => place.pointer);
      // A branch counts with the schema that it belongs to.
      const roots = places.filter((place) => !places.some((other) => place.startsWith(`${other}/`)));
      return roots.every((place) => schemas.errors(place, value).length === 0);
    },
    describedAt: memoize(
      (pointer: string) =>
        new Set(
          at(pointer).flatMap(({ node }) =>
            isObject(node["properties"]) ? Object.keys(node["properties"]) : [],
          ),
        ),
    ),
    isState: memoize((pointer: string) => {
      const nodes = at(pointer).flatMap(({ node }) => (isObject(node) ? [node] : []));
      return (listedValues(nodes) ?? []).some((value) => typeof value === "string");
    }),
  };
}
