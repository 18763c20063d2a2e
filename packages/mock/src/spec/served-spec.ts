import {
  asDocument,
  DocumentError,
  listOperations,
  listServers,
  memoizeByObject,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";
import { type CredentialPlaces, credentialPlaces } from "../journal/masking.ts";
import { MockError } from "../mock-error.ts";
import { type SchemaPlace, schemaPlaces } from "../schema/schema-place.ts";
import { readSchemas, type Schemas } from "../schema/validators.ts";
import { compileOperation } from "./compile-operation.ts";
import { compileLives, type Lives } from "./lives.ts";
import { compileRoutes, type Routes } from "./routes.ts";

/** A spec that is ready to be served. */
export interface ServedSpec {
  readonly document: OpenApiDocument;
  readonly schemas: Schemas;
  /** The schema at a JSON Pointer, for code that explains why a value does not match. */
  readonly place: (pointer: string) => SchemaPlace;
  readonly routes: Routes;
  /** The lives of its resources, by kind. */
  readonly lives: Lives;
  readonly operations: readonly Operation[];
  /** Where its requests contain credentials. */
  readonly credentialPlaces: CredentialPlaces;
}

/** Documents that nobody can change. */
const constants = new WeakSet<OpenApiDocument>();

/** Says that nobody can change a document, so that it is compiled once for all mocks. */
export function asConstant(document: OpenApiDocument): OpenApiDocument {
  constants.add(document);
  return document;
}

/**
 * Compiles a document. It is served as a whole or not at all.
 * @throws MockError naming the place that cannot be served.
 */
export function serveDocument(document: OpenApiDocument): ServedSpec {
  return constants.has(document) ? constantSpec(document) : compileDocument(document);
}

const constantSpec = memoizeByObject((document: OpenApiDocument) => compileDocument(document));

function compileDocument(document: OpenApiDocument): ServedSpec {
  try {
    const schemas = readSchemas(document);
    const listed = listOperations(document);
    const operations = listed.map((operation) => compileOperation(document, schemas, operation));
    const basePaths = listServers(document).map(({ basePath }) => basePath);
    return {
      document,
      schemas,
      place: schemaPlaces(document, schemas),
      routes: compileRoutes(operations, basePaths),
      lives: compileLives(document, operations),
      operations: listed,
      credentialPlaces: credentialPlaces(listed),
    };
  } catch (error) {
    if (error instanceof DocumentError) throw new MockError(`The spec cannot be served: ${error.message}`);
    throw error;
  }
}

/**
 * Reads a value as an OpenAPI document. `name` is its name in errors.
 * @throws MockError if it is something else.
 */
export function acceptDocument(value: unknown, name: string): OpenApiDocument {
  try {
    return asDocument(value);
  } catch (error) {
    if (error instanceof DocumentError) throw new MockError(`${name} cannot be served: ${error.message}`);
    throw error;
  }
}
