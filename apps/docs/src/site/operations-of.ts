import { listOperations, memoizeByObject, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";

/** All operations of a document. Many pages look for one among them, so they are read once. */
export const operationsOf: (document: OpenApiDocument) => readonly Operation[] =
  memoizeByObject(listOperations);
