import {
  asDocument,
  DocumentError,
  type Json,
  listOperations,
  type ResourceRole,
} from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

function read(role: Json): ResourceRole | undefined {
  const paths = { "/things": { get: { "x-resource": role } } };
  return listOperations(asDocument({ openapi: "3.1.0", paths }))[0]?.resource;
}

describe("x-resource", () => {
  it.each<[Json, ResourceRole]>([
    [
      { kind: "thing", does: "create", id: "/id" },
      { kind: "thing", does: "create", id: "/id" },
    ],
    [
      { kind: "thing", does: "read", by: "id" },
      { kind: "thing", does: "read", by: "id" },
    ],
    [
      { kind: "thing", does: "remove", by: "id" },
      { kind: "thing", does: "remove", by: "id" },
    ],
    [
      { kind: "thing", does: "change", by: "id", sets: { "/state": "off" } },
      { kind: "thing", does: "change", by: "id", sets: [{ pointer: "/state", value: "off" }] },
    ],
    [
      { kind: "thing", does: "list", items: "" },
      {
        kind: "thing",
        does: "list",
        items: "",
        filters: [],
        page: { limit: undefined, after: undefined, next: undefined },
      },
    ],
    [
      {
        kind: "thing",
        does: "list",
        items: "/data",
        filters: { state: "/state" },
        page: { limit: "size", after: "from", next: "/next" },
      },
      {
        kind: "thing",
        does: "list",
        items: "/data",
        filters: [{ parameter: "state", pointer: "/state" }],
        page: { limit: "size", after: "from", next: "/next" },
      },
    ],
  ])("reads %j", (role, expected) => expect(read(role)).toEqual(expected));

  it.each<[Json, string]>([
    ["thing", "/x-resource: an object"],
    [{ kind: "thing", does: "invent" }, "/x-resource/does: create, read, list, change or remove"],
    [{ does: "read", by: "id" }, "/x-resource/kind: a name"],
    [{ kind: "thing", does: "read" }, "/x-resource/by: a name"],
    [{ kind: "thing", does: "create", id: "id" }, '/x-resource/id: "id" is not a JSON Pointer'],
    [{ kind: "thing", does: "change", by: "id", sets: { state: 1 } }, "/x-resource/sets: state is not"],
    [{ kind: "thing", does: "list", items: "", page: [] }, "/x-resource/page: an object"],
  ])("refuses %j at its place", (role, message) => {
    expect(() => read(role)).toThrow(DocumentError);
    expect(() => read(role)).toThrow(message);
  });
});
