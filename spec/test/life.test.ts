import { assumptionAt, listEvents, listLifeCycles } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { EMPTY_LINK, NEW_LINK, OLD_LINK } from "./answers.ts";
import { bundle, problems } from "./bundle.ts";

const cycles = listLifeCycles(bundle);
const events = listEvents(bundle);

describe("the life of a resource", () => {
  it("is declared for links, requests and transfers", () => {
    expect(cycles.map(({ kind, state }) => [kind, state]).sort()).toEqual([
      ["payoutLink", "/status"],
      ["payoutRequest", "/status"],
      ["transfer", "/status"],
    ]);
  });

  it("reaches every documented state", () => {
    for (const { kind, states, initial, moves } of cycles) {
      const reached = new Set(initial.map(({ state }) => state));
      let size = 0;
      while (size < reached.size) {
        size = reached.size;
        for (const { from, to } of moves)
          if (to !== undefined && from.some((state) => reached.has(state))) reached.add(to);
      }
      expect([...reached].sort(), kind).toEqual([...states].sort());
    }
  });

  it("is assumed, move by move", () => {
    for (const { schema, moves } of cycles) {
      for (const { name } of moves) {
        expect(assumptionAt(bundle, `${schema}/x-states/moves/${name}`), name).toBeDefined();
      }
    }
  });

  it("creates a link on approval, and a transfer for every link", () => {
    const [link, request] = ["payoutLink", "payoutRequest"].map((kind) =>
      cycles.find((cycle) => cycle.kind === kind),
    );
    expect(link?.creates).toMatchObject([{ kind: "transfer", id: "/transfer_id" }]);
    const approve = request?.moves.find(({ name }) => name === "approve");
    expect(approve?.creates).toMatchObject([{ kind: "payoutLink", at: "/payout-link" }]);
  });

  it("fires every event", () => {
    const fired = new Set(
      cycles.flatMap(({ initial, moves }) => [...initial, ...moves].flatMap(({ fires }) => fires)),
    );
    expect([...fired].sort()).toEqual(events.map(({ name }) => name).sort());
  });
});

const ID = "a3c1f7d2-8e45-4b90-9c6d-1f2e3a4b5c6d";
const TRANSFER = {
  id: ID,
  created: "2026-08-02T17:45:09.1",
  status: "completed",
  amount: "3300",
  type: null,
};
const NEWER = { api_app_id: ID, original_amount: 5150, created_by_email: "lee@example.com" };

/** Bodies of each event, published and proposed. */
const BODIES: Readonly<Record<string, readonly object[]>> = {
  "payout_link.updated": [
    { event: "payout_link.updated", payout_link_id: ID },
    { payout_link_id: ID },
    { event: "payout_link.updated", ...NEW_LINK, ...NEWER },
    EMPTY_LINK,
  ],
  "payout_link.sent": [OLD_LINK, { event: "payout_link.sent", ...NEW_LINK, ...NEWER }],
  "payout_link.claimed": [OLD_LINK, { event: "payout_link.claimed", ...NEW_LINK, ...NEWER }],
  "payout_link.paid_out": [
    OLD_LINK,
    { event: "payout_link.paid_out", ...NEW_LINK, ...NEWER, method: "ach", withdrew_amount: 1000 },
  ],
  "payout_link.failed": [
    {
      event: "payout_link.failed",
      payout_link: NEW_LINK,
      funding_transfer_id: ID,
      amount: 3300,
      status: "failed",
      memo: null,
      reason: "returned",
      api_app_id: ID,
    },
  ],
  "payout_request.updated": [{ event: "payout_request.updated", payout_request_id: ID, api_app_id: ID }],
  "transfer.updated": [
    { event: "transfer.updated", transfer_id: ID },
    { event: "transfer.updated", transfer_id: ID, metadata: null, api_app_id: ID },
  ],
  "transfer.completed": [
    { transfer_id: ID, transfer: TRANSFER },
    { event: "transfer.completed", transfer_id: ID, transfer: TRANSFER, metadata: { a: 1 }, api_app_id: ID },
  ],
  "transfer.failed": [{ transfer_id: ID, transfer: { ...TRANSFER, status: "failed" } }],
  "flow.updated": [
    { event: "flow.updated", flow_id: ID },
    { event: null, flow_id: ID, metadata: "x", api_app_id: null },
  ],
};

describe("an event", () => {
  it("has the API's name", () => {
    expect(events.map(({ name }) => name)).toEqual(Object.keys(BODIES));
  });

  it.each(events)("$name can have the published body, the proposed one, and more", ({ name, request }) => {
    const schema = request.requestBody?.content[0]?.schema ?? "";
    for (const body of BODIES[name] ?? []) {
      expect(problems(schema, body)).toEqual([]);
      expect(problems(schema, { ...body, added_later: [1] })).toEqual([]);
    }
    expect(BODIES[name]).not.toHaveLength(0);
  });

  it.each(events)("$name declares what it is about", ({ name, about }) => {
    const [subject] = name.split(".");
    const kinds: Readonly<Record<string, string>> = {
      payout_link: "payoutLink",
      payout_request: "payoutRequest",
      transfer: "transfer",
      flow: "flow",
    };
    expect(about.kind).toBe(kinds[subject ?? ""]);
  });

  it("about a link has the link's ID in one of the known places", () => {
    const places = new Set(events.flatMap(({ about }) => (about.kind === "payoutLink" ? about.id : [])));
    expect([...places].sort()).toEqual(["/id", "/payout_link/id", "/payout_link_id"]);
  });
});
