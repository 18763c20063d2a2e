import { keywordValues, type Lists, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { partsAt } from "../values/fields.ts";

/** The largest page if the spec does not say. */
const LARGEST = 100;

/** Limits just out of bounds. */
export function limitsOf(document: OpenApiDocument, lister: TestedOperation, { page }: Lists) {
  return (["minimum", "maximum"] as const).flatMap((keyword) => {
    const { bound, schema } = boundOf(document, lister, page.limit, keyword);
    if (bound === undefined) return [];
    const value = keyword === "minimum" ? bound - 1 : bound + 1;
    return [{ keyword, value, place: `${schema}/${keyword}` }];
  });
}

/** The most items that a page can have. */
export function largestOf({ suite }: Context, lister: TestedOperation, { page }: Lists): number {
  return boundOf(suite.spec.document, lister, page.limit, "maximum").bound ?? LARGEST;
}

function boundOf(
  document: OpenApiDocument,
  { operation }: TestedOperation,
  limit: string | undefined,
  keyword: string,
) {
  const schema = operation.parameters.find(({ name }) => name === limit)?.schema;
  const values = schema === undefined ? [] : keywordValues(partsAt(document, [schema]), keyword);
  const bound = values.find((value) => typeof value === "number");
  return { bound, schema };
}
