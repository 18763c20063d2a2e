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
  /** The names of the properties that the spec describes at a place; empty if anything is allowed. */
  describedAt(pointer: string): ReadonlySet<string>;
  /** Whether a place contains one of a list of states, which may change on its own. */
  isState(pointer: string): boolean;
}

export function testedSuccess(spec: Spec, schemas: Schemas, response: Response): TestedSuccess | undefined {
  const media = jsonContent(response.content);
  const schema = media?.schema;
  if (media === undefined || schema === undefined) return undefined;
  // Values in a nested object are as old as that object: only the resource itself is promised fresh values.
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
      // A branch counts as part of its schema.
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
