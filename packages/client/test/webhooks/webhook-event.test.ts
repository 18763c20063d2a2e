import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { asDocument, listEvents } from "@dots-payouts/openapi";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type EventBodies,
  isKnownEvent,
  type KnownWebhookEvent,
  verifyWebhook,
  type WebhookEvent,
} from "../../src/webhooks/index.ts";
import { SECRET, signed } from "./sign.ts";

const LINK = "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51";
const TRANSFER = "5a9e31c7-d840-4b62-97f5-c1e6b0d4a823";
const FLOW = "8c1f2b9d-7a54-4f0e-9e36-0d3b5a1c7e22";
const flatLink = { id: LINK, created: "2026-10-31T17:04:12", link: "https://l", amount: 1, status: "sent" };

function read(body: object): WebhookEvent {
  const text = JSON.stringify(body);
  return verifyWebhook(signed(text), text, SECRET);
}

/** The event and what it is about, in short. */
function about(body: object): unknown[] {
  const { event, resource } = read(body);
  return [event, resource && `${resource.kind} ${resource.id}`];
}

describe("an event", () => {
  const bundle = fileURLToPath(import.meta.resolve("@dots-payouts/spec/openapi.json"));
  const events = listEvents(asDocument(JSON.parse(readFileSync(bundle, "utf8"))));
  const examples = events.flatMap(({ name, about: { kind }, request }) =>
    (request.requestBody?.content ?? []).flatMap((media) =>
      media.examples.map(({ name: age, value }) => ({ name, kind, age, value })),
    ),
  );

  it("has examples of both ages, for each that the API knows", () => {
    expect(events.length).toBeGreaterThan(0);
    expect(examples).toHaveLength(2 * events.length);
  });

  it.each(examples)("$name is read as it is $age", ({ name, kind, value }) => {
    const event = read(Object(value));
    expect(event.body).toEqual(value);
    expect(event.resource).toEqual({ kind, id: expect.any(String) });
    // A body that does not say its event may be of several, so it stays without one.
    expect(event.event).toBe(JSON.stringify(value).includes('"event"') ? name : undefined);
    expect(isKnownEvent(event)).toBe(event.event !== undefined);
  });

  it.each<[string, object, unknown[]]>([
    [
      "the ID under its name",
      { event: "payout_link.updated", payout_link_id: LINK },
      ["payout_link.updated", `payoutLink ${LINK}`],
    ],
    [
      "the ID of the body",
      { event: "payout_link.updated", ...flatLink },
      ["payout_link.updated", `payoutLink ${LINK}`],
    ],
    [
      "the ID inside of another object",
      { event: "payout_link.failed", payout_link: { id: LINK } },
      ["payout_link.failed", `payoutLink ${LINK}`],
    ],
    [
      "an ID that is null first",
      { event: "payout_link.updated", payout_link_id: null, id: LINK },
      ["payout_link.updated", `payoutLink ${LINK}`],
    ],
    ["no ID", { event: "transfer.updated" }, ["transfer.updated", undefined]],
    [
      "an ID of the wrong type",
      { event: "transfer.updated", transfer_id: 7 },
      ["transfer.updated", undefined],
    ],
    [
      "the IDs of others beside its own",
      { ...flatLink, transfer_id: TRANSFER, flow_id: FLOW },
      [undefined, `payoutLink ${LINK}`],
    ],
    ["a link without its URL", { id: LINK, transfer_id: TRANSFER }, [undefined, `payoutLink ${LINK}`]],
    [
      "a transfer and its ID",
      { transfer_id: TRANSFER, transfer: { id: TRANSFER } },
      [undefined, `transfer ${TRANSFER}`],
    ],
    [
      "no name, and an ID inside of another object",
      { payout_link: { id: LINK } },
      [undefined, `payoutLink ${LINK}`],
    ],
    [
      "no name, and two things that it may be about",
      { flow_id: FLOW, transfer_id: TRANSFER },
      [undefined, undefined],
    ],
    ["a name that is null", { event: null, transfer_id: TRANSFER }, [undefined, `transfer ${TRANSFER}`]],
    ["a name that is not a text", { event: 3, transfer_id: TRANSFER }, [undefined, `transfer ${TRANSFER}`]],
    [
      "a new name, and an ID under a known one",
      { event: "payout_link.reversed", payout_link_id: LINK },
      ["payout_link.reversed", `payoutLink ${LINK}`],
    ],
    [
      "a new name, and an ID of who knows what",
      { event: "user.updated", id: LINK, flow_id: FLOW },
      ["user.updated", undefined],
    ],
    [
      "a name that all objects have",
      { event: "constructor", transfer_id: TRANSFER },
      ["constructor", `transfer ${TRANSFER}`],
    ],
    ["nothing that is known", { hello: "world" }, [undefined, undefined]],
    ["nothing", {}, [undefined, undefined]],
  ])("is read with %s", (_, body, expected) => {
    expect(about({ ...body, new_field: [1] })).toEqual(expected);
  });

  it("takes nothing from a prototype", () => {
    const text = '{"__proto__":{"event":"transfer.failed","transfer_id":"x"}}';
    const { event, resource } = verifyWebhook(signed(text), text, SECRET);
    expect([event, resource]).toEqual([undefined, undefined]);
  });
});

describe("the type of an event", () => {
  it("tells the body by the name", () => {
    const event: WebhookEvent = read({ event: "transfer.failed", transfer_id: TRANSFER });
    expectTypeOf(event.body["transfer_id"]).toBeUnknown();
    if (!isKnownEvent(event)) throw new Error("the event is not known");
    expectTypeOf(event).toEqualTypeOf<KnownWebhookEvent>();
    switch (event.event) {
      case "transfer.failed":
        expectTypeOf(event.body).toExtend<EventBodies["transfer.failed"]>();
        expect(event.body.transfer_id).toBe(TRANSFER);
        break;
      case "payout_link.paid_out":
        expectTypeOf(event.body.withdrew_amount).toEqualTypeOf<number | null | undefined>();
        break;
      // @ts-expect-error: there is no such event
      case "payout_link.paid":
        break;
    }
    expectTypeOf(event.resource).toEqualTypeOf<WebhookEvent["resource"]>();
  });
});
