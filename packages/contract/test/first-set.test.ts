import { describe, expect, it } from "vitest";
import { runContract } from "../src/index.ts";
import { type Behaviour, PASSWORD, startReference, USERNAME } from "./reference/server.ts";

async function check(behaviour: Behaviour = {}) {
  await using server = await startReference(behaviour);
  return await runContract({
    url: server.url,
    username: USERNAME,
    password: PASSWORD,
    seed: 1,
    timeout: 2_000,
  });
}

describe("the suite against a server that keeps the spec", () => {
  it("finds nothing broken", async () => {
    const report = await check();
    expect(report.causes).toEqual([]);
    expect(report.failed).toBe(0);
    expect(report.passed).toBeGreaterThan(500);
  });
});

describe("the suite against a server with one fault", () => {
  const faults: Record<string, Behaviour> = {
    "answers 200 where 201 is documented": {
      reply: (reply) => (reply.status === 201 ? { ...reply, status: 200 } : reply),
    },
    "takes an amount of zero": {
      broken: (errors) => errors.filter(({ keyword }) => keyword !== "exclusiveMinimum"),
    },
    "does not ask for a recipient": {
      broken: (errors) => errors.filter(({ schemaPath }) => !schemaPath.includes("anyOf")),
    },
    "sends an SMS without a phone number": {
      broken: (errors, { raw }) =>
        raw.includes('"sms"')
          ? errors.filter(({ keyword }) => !["required", "if"].includes(keyword))
          : errors,
    },
    "takes any password": { authorized: (_, pair) => pair !== undefined },
    "takes a request without credentials": { authorized: () => true },
    "forgets idempotency keys": { remember: () => {} },
    "takes a number of cents as a text": {
      broken: (errors) => errors.filter(({ instancePath }) => instancePath !== "/amount"),
    },
    "answers a refusal with 500": {
      reply: (reply, { kind }) => (kind === "refused" ? { ...reply, status: 500 } : reply),
    },
    "leaves the ID out": {
      make: ({ id: _, ...resource }) => resource,
    },
  };

  it.each(Object.entries(faults))("finds that it %s", async (_, behaviour) => {
    const report = await check(behaviour);
    expect(report.failed).toBeGreaterThan(0);
  });
});
