import { targets } from "@dots-payouts/codegen";
import type { JsonObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { smallSpec } from "./small-spec.ts";

interface Validators {
  readonly requests: Readonly<Record<string, (data: unknown) => boolean>>;
  readonly answers: Readonly<Record<string, (data: unknown) => boolean>>;
}

async function source(schemas: JsonObject): Promise<string> {
  return (await targets.get("client")?.(smallSpec({ schemas })))?.["validators.js"] ?? "";
}

async function load(schemas: JsonObject): Promise<Validators> {
  const text = await source(schemas);
  return import(`data:text/javascript,${encodeURIComponent(text)}`);
}

describe("the validators", () => {
  it("check the bodies of requests by operation", async () => {
    const { requests } = await load({});
    expect([{ size: 200 }, { size: "big" }, {}].map((body) => requests["orderTea"]?.(body))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("check answers by operation and status, and let values pass that are added later", async () => {
    const { answers } = await load({});
    const check = answers["orderTea 201"];
    expect([{ state: "hot" }, { state: "tepid" }, { state: 7 }].map((data) => check?.(data))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("know formats, and need no library for them", async () => {
    const Order = { type: "object", properties: { id: { type: "string", format: "uuid" } } };
    const { requests } = await load({ Order });
    const ids = ["5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11", "5f0c"];
    expect(ids.map((id) => requests["orderTea"]?.({ id }))).toEqual([true, false]);
  });

  it("let one of several alternatives be enough where values are open", async () => {
    const leaf = (values: string[]) => ({ type: "object", properties: { kind: { enum: values } } });
    const Cup = { oneOf: [leaf(["green", "white"]), leaf(["black", "red"])] };
    const { answers } = await load({ Cup });
    expect(answers["orderTea 201"]?.({ kind: "green" })).toBe(true);
  });

  it("do not take for there what every object has", async () => {
    const Order = {
      type: "object",
      required: ["toString"],
      properties: { constructor: { type: "string" }, toString: {} },
    };
    const { requests } = await load({ Order });
    expect([{ toString: 1 }, {}].map((body) => requests["orderTea"]?.(body))).toEqual([true, false]);
  });

  it("are made once where operations share a schema", async () => {
    const Shared = {
      description: "Shared.",
      content: { "application/json": { schema: { type: "object" } } },
    };
    const reference = { $ref: "#/components/responses/Shared" };
    const document = smallSpec({ operation: { responses: { "200": reference, "201": reference } } });
    const components = document["components"];
    const files = await targets.get("client")?.({
      ...document,
      components: { ...(typeof components === "object" ? components : {}), responses: { Shared } },
    });
    const { answers }: Validators = await import(
      `data:text/javascript,${encodeURIComponent(files?.["validators.js"] ?? "")}`
    );
    expect([answers["orderTea 200"]?.({}), answers["orderTea 201"]?.([])]).toEqual([true, false]);
  });

  it("are refused where a schema does not compile, with its place", async () => {
    const Order = { type: "object", properties: { kind: { type: "string", pattern: "(" } } };
    await expect(load({ Order })).rejects.toThrow(
      /^#\/paths\/~1orders\/post\/requestBody\/content\/application~1json\/schema: the schema does not compile: .*\(/,
    );
  });

  it("check what stands beside a reference too", async () => {
    const Order = { $ref: "#/components/schemas/Cup", required: ["handle"] };
    const Cup = { type: "object", properties: { size: { type: "integer" } } };
    const { requests } = await load({ Order, Cup });
    const bodies = [{ handle: true, size: 1 }, { handle: true, size: "big" }, { size: 1 }];
    expect(bodies.map((body) => requests["orderTea"]?.(body))).toEqual([true, false, false]);
  });

  it("count characters and compare values, and need no library for that", async () => {
    const Order = {
      type: "object",
      properties: {
        note: { type: "string", maxLength: 2 },
        guests: { type: "array", uniqueItems: true, items: { type: "object" } },
        kind: { const: { leaf: ["green"] } },
      },
    };
    const { requests } = await load({ Order });
    const check = (data: JsonObject) => requests["orderTea"]?.(data);
    expect(["\u{1F375}\u{1F375}", "tea"].map((note) => check({ note }))).toEqual([true, false]);
    expect(check({ guests: [{ name: "Ann" }, { name: "Ben" }, {}] })).toBe(true);
    expect(
      check({
        guests: [
          { name: "Ann", seat: 1 },
          { seat: 1, name: "Ann" },
        ],
      }),
    ).toBe(false);
    expect([["green"], ["green", "black"], { 0: "green" }].map((leaf) => check({ kind: { leaf } }))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("keep a property that has the name of an annotation", async () => {
    const Order = {
      type: "object",
      description: "Words that nobody needs at run time.",
      required: ["description"],
      properties: { description: { type: "string" } },
    };
    const { requests } = await load({ Order });
    expect([{ description: "tea" }, { description: 7 }].map((body) => requests["orderTea"]?.(body))).toEqual([
      true,
      false,
    ]);
    expect(await source({ Order })).not.toContain("Words that nobody needs");
  });
});
