import type { OpenApiDocument } from "@dots-payouts/openapi";
import openapiTS, { astToString, type SchemaObject } from "openapi-typescript";
import ts from "typescript";
import { describeReferences } from "./describe-references.ts";
import { ANY_OTHER, openAnswers } from "./open-answers.ts";

/** The types of all paths, operations and schemas, as openapi-typescript writes them. */
export async function schemaTypes(document: OpenApiDocument): Promise<string> {
  const source = describeReferences(openAnswers(document));
  const nodes = await openapiTS(JSON.stringify(source), {
    // A field with a default may still be left out of a request.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    transform: (schema: SchemaObject) => (ANY_OTHER in schema ? ANY_STRING : undefined),
  });
  return astToString(nodes);
}

/** `string & {}` takes every string, and leaves the listed ones beside it visible to the editor. */
const ANY_STRING = ts.factory.createIntersectionTypeNode([
  ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
  ts.factory.createTypeLiteralNode([]),
]);
