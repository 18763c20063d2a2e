import { asDocument, DocumentError, type Json, listEvents } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const read = (about: Json, more: Record<string, Json> = {}) =>
  listEvents(
    asDocument({
      openapi: "3.1.0",
      paths: {},
      webhooks: {
        "order.shipped": {
          post: {
            operationId: "onOrderShipped",
            "x-event": about,
            requestBody: {
              content: { "application/json": { schema: { type: "object" }, example: { id: "1" } } },
            },
            responses: { "2XX": { description: "Received." } },
          },
        },
        ping: { post: { responses: {} } },
        ...more,
      },
    }),
  );

describe("listEvents", () => {
  it("returns each webhook that has x-event", () => {
    const events = read({ kind: "order", name: "/type", id: ["/order_id", "/id"], resource: ["", "/order"] });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      name: "order.shipped",
      request: {
        id: "onOrderShipped",
        method: "POST",
        pointer: "/webhooks/order.shipped/post",
        requestBody: {
          content: [
            {
              schema: "/webhooks/order.shipped/post/requestBody/content/application~1json/schema",
              examples: [{ value: { id: "1" } }],
            },
          ],
        },
      },
      about: {
        kind: "order",
        name: "/type",
        id: ["/order_id", "/id"],
        resource: ["", "/order"],
        of: undefined,
      },
    });
  });

  it("returns which other resource has the ID", () => {
    const [event] = read({ kind: "parcel", id: ["/parcel"], of: { kind: "order", at: "/parcel" } });
    expect(event?.about).toEqual({
      kind: "parcel",
      name: undefined,
      id: ["/parcel"],
      resource: [],
      of: { kind: "order", at: "/parcel" },
    });
  });

  it("is empty without webhooks", () => {
    expect(listEvents(asDocument({ openapi: "3.1.0", paths: {} }))).toEqual([]);
  });

  it.each<[string, Json, string]>([
    [
      "a text",
      "order",
      "#/webhooks/order.shipped/post/x-event: an object with kind, name, id, resource, of is needed",
    ],
    ["no place of the ID", { kind: "order", id: [] }, "x-event/id: a place where the ID can be is needed"],
    [
      "a place that is not a pointer",
      { kind: "order", id: ["id"] },
      'x-event/id: ["id"] is not a list of JSON Pointers',
    ],
    [
      "a name without a place",
      { kind: "order", name: "", id: ["/id"] },
      "x-event/name: the body itself is not a name",
    ],
    ["no kind", { id: ["/id"] }, "x-event/kind: null is not a name"],
    [
      "an owner without a place",
      { kind: "parcel", id: ["/id"], of: { kind: "order" } },
      "x-event/of/at: null is not",
    ],
  ])("refuses %s", (_, about, message) => {
    expect(() => read(about)).toThrow(DocumentError);
    expect(() => read(about)).toThrow(message);
  });
});
