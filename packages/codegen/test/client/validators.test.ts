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
      required: ["valueOf"],
      properties: { constructor: { type: "string" }, valueOf: {} },
    };
    const { requests } = await load({ Order });
    expect([{ valueOf: 1 }, {}].map((body) => requests["orderTea"]?.(body))).toEqual([true, false]);
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
