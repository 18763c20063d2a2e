import { asDocument, listOperations } from "@dots-payouts/openapi";
import { expect, it } from "vitest";
import { samePath } from "../src/run/same-path.ts";

it("an operation that another one hides is found", () => {
  const operation = (operationId: string) => ({ operationId, responses: {} });
  const operations = listOperations(
    asDocument({
      openapi: "3.1.0",
      paths: {
        "/files/{id}": { get: operation("byId") },
        "/files/{name}": { get: operation("byName"), post: operation("add") },
        "/files/{name}.txt": { get: operation("text") },
      },
    }),
  );
  expect(samePath(operations, "byName")?.message).toBe(
    "#/paths/~1files~1{name}/get: this is the same path as /files/{id}",
  );
  for (const id of ["byId", "add", "text"]) expect(samePath(operations, id)).toBeUndefined();
});
