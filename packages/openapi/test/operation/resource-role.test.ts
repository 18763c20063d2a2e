import {
  asDocument,
  DocumentError,
  type Json,
  listOperations,
  type Page,
  type ResourceRole,
} from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

function read(role: Json, components: Json = {}): ResourceRole | undefined {
  const paths = { "/things": { get: { "x-resource": role } } };
  return listOperations(asDocument({ openapi: "3.1.0", paths, components }))[0]?.resource;
}

const NO_PAGE: Page = {
  limit: undefined,
  after: undefined,
  before: undefined,
  next: undefined,
  more: undefined,
  bothCursors: undefined,
  unknownCursor: undefined,
};

const NO_LIST = { filters: [], order: undefined, reverse: undefined, page: NO_PAGE };

describe("x-resource", () => {
  it.each<[Json, ResourceRole]>([
    [
      { kind: "thing", does: "create", id: "/id" },
      { kind: "thing", does: "create", at: "", id: "/id" },
    ],
    [
      { kind: "thing", does: "create", at: "/thing", id: "/thing/id" },
      { kind: "thing", does: "create", at: "/thing", id: "/thing/id" },
    ],
    [
      { kind: "thing", does: "read", by: "id" },
      { kind: "thing", does: "read", at: "", by: "id" },
    ],
    [
      { kind: "thing", does: "remove", by: "id" },
      { kind: "thing", does: "remove", at: "", by: "id" },
    ],
    [
      { kind: "thing", does: "change", by: "id", sets: { "/state": "off" } },
      {
        kind: "thing",
        does: "change",
        at: "",
        by: "id",
        move: undefined,
        sets: [{ pointer: "/state", value: "off" }],
        most: undefined,
      },
    ],
    [
      { kind: "thing", does: "change", by: "id", at: "/thing", most: { times: 5, done: 1 } },
      {
        kind: "thing",
        does: "change",
        at: "/thing",
        by: "id",
        move: undefined,
        sets: [],
        most: { times: 5, done: 1 },
      },
    ],
    [
      { kind: "thing", does: "list", items: "" },
      { kind: "thing", does: "list", items: "", ...NO_LIST },
    ],
    [
      {
        kind: "thing",
        does: "list",
        items: "/data",
        filters: { state: "/state", since: { from: "/made" }, until: { to: "/made" } },
        order: "newest",
        reverse: "oldest_first",
      },
      {
        ...NO_LIST,
        kind: "thing",
        does: "list",
        items: "/data",
        filters: [
          { parameter: "state", pointer: "/state", keeps: "same" },
          { parameter: "since", pointer: "/made", keeps: "from" },
          { parameter: "until", pointer: "/made", keeps: "to" },
        ],
        order: "newest",
        reverse: "oldest_first",
      },
    ],
  ])("reads %j", (role, expected) => expect(read(role)).toEqual(expected));

  it.each<[Json, Partial<Page>]>([
    [
      { limit: "size", after: "from", next: "/next" },
      { limit: "size", after: { parameter: "from", from: undefined }, next: "/next" },
    ],
    [
      {
        limit: "limit",
        after: { parameter: "starting_after", from: "/id" },
        before: { parameter: "ending_before", from: "/id" },
        more: "/has_more",
        bothCursors: 400,
        unknownCursor: 404,
        "x-assumption": { bothCursors: "Not documented." },
      },
      {
        limit: "limit",
        after: { parameter: "starting_after", from: "/id" },
        before: { parameter: "ending_before", from: "/id" },
        more: "/has_more",
        bothCursors: 400,
        unknownCursor: 404,
      },
    ],
  ])("reads the pages %j", (page, expected) => {
    const role = read({ kind: "thing", does: "list", items: "/data", page });
    expect(role).toMatchObject({ page: { ...NO_PAGE, ...expected } });
  });

  it("sets what its move sets, and its own values", () => {
    const states = {
      kind: "thing",
      at: "/state",
      initial: { on: [] },
      moves: { stop: { by: "caller", from: ["on"], to: "off", sets: { "/reason": "stopped" } } },
    };
    const components = { schemas: { Thing: { "x-states": states } } };
    const role = { kind: "thing", does: "change", by: "id", move: "stop", sets: { "/note": null } };
    expect(read(role, components)).toMatchObject({
      move: "stop",
      sets: [
        { pointer: "/state", value: "off" },
        { pointer: "/reason", value: "stopped" },
        { pointer: "/note", value: null },
      ],
    });
    expect(() => read({ ...role, move: "halt" }, components)).toThrow(
      "x-resource/move: thing has no move halt",
    );
    expect(() => read(role)).toThrow("thing has no move stop");
  });

  it.each<[Json, string]>([
    ["thing", "does has to be one of create, read, list, change, remove"],
    [{ kind: "thing", does: "invent" }, "x-resource/does: does has to be one of"],
    [{ kind: "thing", does: "constructor" }, "x-resource/does: does has to be one of"],
    [{ does: "create", id: "/id" }, "x-resource/kind: null is not a name"],
    [{ kind: "thing", does: "create" }, "x-resource/id: null is not a JSON Pointer"],
    [{ kind: "thing", does: "create", id: "id" }, 'x-resource/id: "id" is not a JSON Pointer'],
    [{ kind: "thing", does: "read" }, "x-resource/by: null is not a name"],
    [{ kind: "thing", does: "read", by: "id", items: "/a" }, "x-resource/items: unknown key"],
    [{ kind: "thing", does: "change", by: "id", sets: { state: 1 } }, "state is not a JSON Pointer"],
    [{ kind: "thing", does: "change", by: "id", most: 5 }, "x-resource/most: an object with times, done"],
    [
      { kind: "thing", does: "change", by: "id", most: { times: 0 } },
      "x-resource/most/times: 0 is not a whole number",
    ],
    [
      { kind: "thing", does: "list", items: "/a", filters: ["state"] },
      'x-resource/filters: ["state"] is not an object',
    ],
    [
      { kind: "thing", does: "list", items: "/a", filters: { state: 1 } },
      "x-resource/filters/state: an object with",
    ],
    [{ kind: "thing", does: "list", items: "/a", order: "random" }, '"random" is not one of newest, oldest'],
    [{ kind: "thing", does: "list", items: "/a", page: { nxt: "/b" } }, "x-resource/page/nxt: unknown key"],
    [
      { kind: "thing", does: "list", items: "/a", page: { more: "b" } },
      'x-resource/page/more: "b" is not a JSON',
    ],
    [
      { kind: "thing", does: "list", items: "/a", page: { after: {} } },
      "x-resource/page/after/parameter: null is not",
    ],
    [
      { kind: "thing", does: "list", items: "/a", page: { bothCursors: "400" } },
      '"400" is not a whole number',
    ],
  ])("refuses %j", (role, message) => {
    expect(() => read(role)).toThrow(DocumentError);
    expect(() => read(role)).toThrow(message);
  });
});
