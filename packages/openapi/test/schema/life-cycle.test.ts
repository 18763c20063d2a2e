import {
  asDocument,
  DocumentError,
  type Json,
  type LifeCycle,
  lifeCycleOf,
  listLifeCycles,
} from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const ORDER = {
  type: "object",
  properties: { state: { $ref: "#/components/schemas/State" }, id: { type: "string" } },
  "x-states": {
    kind: "order",
    at: "/state",
    initial: { open: ["order.opened"], held: [] },
    creates: [
      { kind: "bill", id: "/bill_id", state: "due", sets: { "/type": "order" }, takes: { "/sum": "/price" } },
    ],
    moves: {
      ship: {
        summary: "The order leaves the house.",
        by: "team",
        from: ["open", "held"],
        usualFrom: ["held"],
        to: "shipped",
        sets: { "/note": null },
        generates: { "/parcel": "uuid" },
        moves: [{ kind: "bill", id: "/bill_id", move: "send" }],
        fires: ["order.shipped", "order.updated"],
      },
      refund: {
        by: "server",
        from: ["shipped"],
        creates: [
          { kind: "refund", at: "/refund", state: "made", takes: { "/sum": { from: "/price", share: 0.5 } } },
        ],
      },
    },
    "x-assumption": { moves: "Not documented." },
  },
};

const document = (order: Json) =>
  asDocument({
    openapi: "3.1.0",
    paths: {},
    components: {
      schemas: { Order: order, State: { type: "string", enum: ["open", "held", "shipped"] }, Bill: {} },
    },
  });

const changed = (change: Record<string, Json>): Json => ({
  ...ORDER,
  "x-states": { ...ORDER["x-states"], ...change },
});

describe("x-states", () => {
  it("has the states and the moves between them", () => {
    const expected: LifeCycle = {
      kind: "order",
      schema: "/components/schemas/Order",
      state: "/state",
      states: ["open", "held", "shipped"],
      initial: [
        { state: "open", fires: ["order.opened"] },
        { state: "held", fires: [] },
      ],
      creates: [
        {
          kind: "bill",
          id: "/bill_id",
          at: undefined,
          state: "due",
          sets: [{ pointer: "/type", value: "order" }],
          takes: [{ pointer: "/sum", from: "/price", share: 1 }],
        },
      ],
      moves: [
        {
          name: "ship",
          summary: "The order leaves the house.",
          by: "team",
          from: ["open", "held"],
          usualFrom: ["held"],
          to: "shipped",
          sets: [
            { pointer: "/state", value: "shipped" },
            { pointer: "/note", value: null },
          ],
          generates: [{ pointer: "/parcel", rule: "uuid" }],
          creates: [],
          moves: [{ kind: "bill", id: "/bill_id", move: "send" }],
          fires: ["order.shipped", "order.updated"],
        },
        {
          name: "refund",
          summary: undefined,
          by: "server",
          from: ["shipped"],
          usualFrom: [],
          to: undefined,
          sets: [],
          generates: [],
          creates: [
            {
              kind: "refund",
              id: undefined,
              at: "/refund",
              state: "made",
              sets: [],
              takes: [{ pointer: "/sum", from: "/price", share: 0.5 }],
            },
          ],
          moves: [],
          fires: [],
        },
      ],
    };
    expect(listLifeCycles(document(ORDER))).toEqual([expected]);
    expect(lifeCycleOf(document(ORDER), "order")).toEqual(expected);
    expect(lifeCycleOf(document(ORDER), "bill")).toBeUndefined();
    expect(listLifeCycles(document({}))).toEqual([]);
  });

  const move = { by: "caller", from: ["open"], to: "shipped" };

  it.each<[string, Json, string]>([
    [
      "a text",
      { ...ORDER, "x-states": "open" },
      "/x-states: an object with kind, at, initial, creates, moves",
    ],
    ["an unknown key", changed({ events: [] }), "/x-states/events: unknown key"],
    ["no kind", changed({ kind: null }), "/x-states/kind: null is not a name"],
    ["no place of the state", changed({ at: "state" }), '/x-states/at: "state" is not a JSON Pointer'],
    ["no state to begin in", changed({ initial: {} }), "/x-states/initial: an initial state is needed"],
    [
      "an event that is not in a list",
      changed({ initial: { open: "x" } }),
      '/x-states/initial/open: "x" is not a list',
    ],
    [
      "a move from nowhere",
      changed({ moves: { ship: { ...move, from: [] } } }),
      "/moves/ship/from: [] is not a list",
    ],
    [
      "a usual move from a state that it does not lead from",
      changed({ moves: { ship: { ...move, usualFrom: ["held"] } } }),
      '/moves/ship/usualFrom: ["held"] is not a subset of the states in from',
    ],
    [
      "a move by nobody",
      changed({ moves: { ship: { ...move, by: "magic" } } }),
      '/moves/ship/by: "magic" is not one of',
    ],
    [
      "a misspelled key",
      changed({ moves: { ship: { ...move, fire: [] } } }),
      "/moves/ship/fire: unknown key",
    ],
    [
      "a rule that is not a text",
      changed({ moves: { ship: { ...move, generates: { "/id": 1 } } } }),
      "/moves/ship/generates/~1id: a rule such as uuid is needed",
    ],
    [
      "a related move without a name",
      changed({ moves: { ship: { ...move, moves: [{ kind: "bill", id: "/bill_id" }] } } }),
      "/moves/ship/moves/0/move: null is not a name",
    ],
    [
      "a creation without a state",
      changed({ creates: [{ kind: "bill" }] }),
      "/x-states/creates/0/state: null is not a name",
    ],
    [
      "a share of more than all",
      changed({ creates: [{ kind: "bill", state: "due", takes: { "/sum": { from: "/price", share: 2 } } }] }),
      "/x-states/creates/0/takes/~1sum/share: 2 is not a number up to 1",
    ],
    [
      "a value taken from nowhere",
      changed({ creates: [{ kind: "bill", state: "due", takes: { "/sum": "price" } }] }),
      "/x-states/creates/0/takes/~1sum: price is not a JSON Pointer",
    ],
  ])("refuses %s", (_, order, message) => {
    expect(() => listLifeCycles(document(order))).toThrow(DocumentError);
    expect(() => listLifeCycles(document(order))).toThrow(message);
  });
});
