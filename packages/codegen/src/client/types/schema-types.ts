/// <reference path="../openapi-typescript.d.ts" />

import type { JsonObject, OpenApiDocument } from "@dots-payouts/openapi";
import type { GlobalContext } from "openapi-typescript";
import { astToString } from "openapi-typescript/dist/lib/ts.cjs";
import { resolveRef, scanDiscriminators } from "openapi-typescript/dist/lib/utils.cjs";
import transformSchema from "openapi-typescript/dist/transform/index.cjs";
import { describeReferences } from "../document/describe-references.ts";
import { hasDiscriminators } from "../document/has-discriminators.ts";

/**
 * The types of all paths, operations and schemas, as openapi-typescript writes them. It would lint and bundle the
 * document once more, which takes as long as the types.
 */
export function schemaTypes(opened: OpenApiDocument): string {
  // It writes into what it reads, also where two places share an object.
  const copy: OpenApiDocument = JSON.parse(JSON.stringify(opened));
  const source = describeReferences(copy);
  return astToString(transformSchema(source, contextOf(source))).replace(REQUIRED, REQUIRED_OF_EACH);
}

function contextOf(source: JsonObject): GlobalContext {
  return {
    // A field with a default may still be left out of a request.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    makePathsEnum: false,
    pathParamsAsTypes: false,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: false,
    postTransform: undefined,
    transform: undefined,
    transformProperty: undefined,
    discriminators: hasDiscriminators(source)
      ? scanDiscriminators(source, {})
      : { objects: {}, refsHandled: [] },
    injectFooter: [],
    resolve: (reference) => resolveRef(source, reference, { silent: false }),
    get redoc(): never {
      throw new Error("openapi-typescript asks for the settings of its linter, which does not run");
    },
  };
}

/** The helper of openapi-typescript that makes properties required, which does not compile for an object or null. */
const REQUIRED = /type WithRequired<T, K extends keyof T> = T & \{\s*\[P in K\]-\?: T\[P\];?\s*\};/;

const REQUIRED_OF_EACH = `type WithRequired<T, K extends PropertyKey> = T extends unknown
    ? T & { [P in K & keyof T]-?: T[P] }
    : never;`;
