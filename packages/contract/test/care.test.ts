import { isObject, type Json } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { runContract } from "../src/index.ts";
import { readSpec } from "../src/suite/spec.ts";
import { type Behavior, PASSWORD, startReference, USERNAME } from "./reference/server.ts";
import { checkReference } from "./servers.ts";

/** Whether a server messages a person about a request. */
function delivers(operation: string, body: Json | undefined): boolean {
  const delivery = isObject(body) && isObject(body["delivery"]) ? body["delivery"] : {};
  return operation === "sendPayout" || ["sms", "email", "all"].includes(String(delivery["method"]));
}

describe("care with money", () => {
  it("refuses the spec's production server unless explicitly allowed", async () => {
    await expect(runContract({ url: "https://api.dots.dev/api" })).rejects.toThrow(
      "api.dots.dev is the production server of the spec",
    );
  });

  it("announces how many resources it creates at most, even to fill a store of keys", async () => {
    await using server = await startReference();
    let announced = 0;
    await runContract({
      url: server.url,
      username: USERNAME,
      password: PASSWORD,
      keyAge: 0,
      cleanUp: false,
      only: ["/after-many"],
      onStart: ({ creates }) => {
        announced = Object.values(creates).reduce((sum, count) => sum + count, 0);
      },
    });
    expect(server.made()).toBeGreaterThan(1_000);
    expect(server.made()).toBeLessThanOrEqual(announced);
  });
});

it("removes what it has created, if the spec has a way", async () => {
  const states = new Map<string, number>();
  await using server = await startReference({
    reply(reply, { kind, request }) {
      if (kind === "read" && request.method === "DELETE") states.set(String(request.url), reply.status);
      return reply;
    },
  });
  const run = {
    url: server.url,
    username: USERNAME,
    password: PASSWORD,
    seed: 1,
    only: ["other-key", "keyless"],
  };
  const report = await runContract(run);
  const links = report.created.filter(({ operation }) => operation !== "createPayoutRequest");
  expect(links.length).toBeGreaterThan(10);
  expect(report.removed).toBe(links.length);
  expect([...states.values()].every((status) => status === 200)).toBe(true);
  expect((await runContract({ ...run, cleanUp: false })).removed).toBe(0);
});

describe("care with a production server", () => {
  /** The spec with a server on this machine as its production server. */
  const productionAt = (url: string): object => ({
    ...readSpec().document,
    servers: [{ url, "x-environment": "production" }],
  });

  it("sends no large value and no message even if the run is allowed, and reports what it left out", async () => {
    const amounts: number[] = [];
    const delivering: string[] = [];
    await using server = await startReference({
      make(resource, { operation, body }) {
        if (delivers(operation.id, body)) delivering.push(operation.id);
        return resource;
      },
      reply(reply, { body }) {
        const amount = isObject(body) ? body["amount"] : undefined;
        if (typeof amount === "number") amounts.push(amount);
        return reply;
      },
    });
    const report = await runContract({
      ...{ url: server.url, username: USERNAME, password: PASSWORD, seed: 1, quick: true },
      only: ["PayoutLink", "sendPayout/", "Transfer"],
      spec: productionAt(server.url),
      allowProduction: true,
      allowDeliveries: false,
    });
    expect(report.failed).toBe(0);
    expect(amounts.length).toBeGreaterThan(500);
    expect(Math.max(...amounts)).toBeLessThanOrEqual(1_001);
    expect(delivering).toEqual([]);
    const { notExercised } = report.coverage;
    const large = notExercised.filter(({ reason }) => reason.includes("large value"));
    expect(large.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        "createPayoutLink/answers/echo-amount-precise",
        "createPayoutLink/survives/many-digits",
        "sendPayout/accepts/amount-2-31-beyond-32-bits",
      ]),
    );
    const left = notExercised.map(({ id }) => id);
    expect(left).toContain("createPayoutLink/accepts/example-sms");
    expect(left).toContain("sendPayout/accepts/smallest-1");
    expect(left).toContain("sendPayout/accepts/random");
    expect(left).not.toContain("createPayoutLink/accepts/example-link");
    expect(left).not.toContain("createPayoutLink/accepts/random");
    expect(notExercised.every(({ reason }) => reason !== "")).toBe(true);
  });

  it("recognizes it by its host name, whatever the path and port", async () => {
    await using server = await startReference();
    const spec = productionAt("http://127.0.0.1/api");
    await expect(runContract({ url: server.url, spec })).rejects.toThrow("--allow-production");
    expect(server.made()).toBe(0);
  });
});

describe("care with people", () => {
  const deliveriesOf = async (options: { readonly allowDeliveries?: boolean }): Promise<Set<string>> => {
    const delivering = new Set<string>();
    const behavior: Behavior = {
      make(resource, { operation, body }) {
        if (delivers(operation.id, body)) delivering.add(operation.id);
        return resource;
      },
    };
    await checkReference(behavior, { only: ["accepts/example", "accepts/smallest"], ...options });
    return delivering;
  };

  it("allows messages if the server is on this machine", async () => {
    expect(await deliveriesOf({})).toEqual(new Set(["createPayoutLink", "sendPayout"]));
  });

  it("does not make a server on this machine message anybody if that is not allowed", async () => {
    expect(await deliveriesOf({ allowDeliveries: false })).toEqual(new Set());
  });
});

describe("care with secrets", () => {
  it("never shows the password, even if the server does", async () => {
    const report = await checkReference(
      {
        reply: (reply, { request }) => ({
          ...reply,
          body: {
            message: `${request.headers.authorization} ${Buffer.from(String(request.headers.authorization).slice(6), "base64")}`,
          },
        }),
      },
      { only: ["createPayoutRequest", "listPayoutRequests"] },
    );
    const text = JSON.stringify(report);
    expect(report.causes.map(({ cause }) => cause)).toContain("an answer contains the credentials");
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(Buffer.from(`${USERNAME}:${PASSWORD}`).toString("base64"));
  });

  it("does not check wrong credentials if it was given none, and says so", async () => {
    await using server = await startReference({
      authorized: (_, pair) => pair !== undefined && /^[^:]+:.+$/.test(pair),
    });
    const report = await runContract({ url: server.url, seed: 1, only: ["authenticates"] });
    expect(report.causes).toEqual([]);
    expect(report.coverage.notExercised.map(({ id }) => id)).toContain(
      "createPayoutLink/authenticates/wrong-password",
    );
    expect(report.checks.map(({ id }) => id)).toContain("createPayoutLink/authenticates/none");
  });
});
