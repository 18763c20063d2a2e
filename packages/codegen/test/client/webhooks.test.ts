import type { JsonObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { createPrograms, generate } from "./program.ts";

const { compiles, runs } = createPrograms();

const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const event = (about: JsonObject, schema: JsonObject): JsonObject => ({
  post: {
    summary: "A cup is ready",
    "x-event": about,
    requestBody: { content: { "application/json": { schema } } },
    responses: {},
  },
});

const changes = {
  schemas: {
    Cup: {
      type: "object",
      "x-states": { kind: "cup", at: "/state", initial: { hot: [] }, moves: {} },
      properties: { cup: { type: "string" }, state: { type: "string", enum: ["hot", "cold"] } },
    },
    CupNote: { type: "object", properties: { kind: { type: "string" }, cup_id: { type: "string" } } },
    Grade: { type: "string", enum: ["fine", "poor"] },
    Tasting: { type: "object", properties: { tasting: { type: "string" }, grade: to("Grade") } },
  },
  webhooks: {
    "cup.ready": event(
      { kind: "cup", name: "/kind", id: ["/cup_id", "/cup"], resource: [""] },
      { anyOf: [to("Cup"), to("CupNote")] },
    ),
    "tasting.ended": event({ kind: "tasting", id: ["/tasting"] }, to("Tasting")),
    ping: { post: { responses: {} } },
  },
};

describe("events", () => {
  runs(
    "say what they are about, and where the body has it",
    changes,
    `
      import { eventSubjects } from "./generated/webhooks.ts";
      export const result = eventSubjects;
    `,
    {
      "cup.ready": {
        kind: "cup",
        name: ["kind"],
        ids: [{ at: ["cup_id"] }, { at: ["cup"], own: true }],
      },
      "tasting.ended": { kind: "tasting", ids: [{ at: ["tasting"] }] },
    },
  );

  compiles(
    "have types, with values that the API may add",
    changes,
    `
      import type { EventBodies, ResourceKind } from "./generated/webhooks.ts";
      same<EventBodies["cup.ready"], types.Cup | types.CupNote>(true);
      same<keyof EventBodies, "cup.ready" | "tasting.ended">(true);
      same<ResourceKind, "cup" | "tasting">(true);
      export const grade: NonNullable<EventBodies["tasting.ended"]["grade"]> = "excellent";
    `,
  );

  compiles(
    "don't exist if the API has none",
    {},
    `
      import { eventSubjects, type ResourceKind } from "./generated/webhooks.ts";
      same<ResourceKind, never>(true);
      same<keyof typeof eventSubjects, never>(true);
    `,
  );

  it("have the spec's documentation", async () => {
    const { "webhooks.ts": source } = await generate(changes);
    expect(source).toContain('  /** A cup is ready. */\n  readonly "cup.ready": Cup | CupNote;\n');
  });
});
