import { listOperations, memoizeByObject, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";

/** All operations of a document. Cached, because many pages need them. */
export const operationsOf: (document: OpenApiDocument) => readonly Operation[] =
  memoizeByObject(listOperations);
