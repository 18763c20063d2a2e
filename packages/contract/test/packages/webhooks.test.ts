import { describe, expect, it } from "vitest";
import { CannotRun } from "../../src/index.ts";
import { omit } from "../faults/fault.ts";
import { checkDeliveries } from "../faults/find-deliveries.ts";
import { webhooksFaults } from "../faults/webhooks.ts";
import type { Sent } from "../reference/delivering.ts";
import { listen } from "../reference/listen.ts";

describe("the checks of deliveries", () => {
  it("report nothing about a correct server", async () => {
    const { causes, assumptions, checks, coverage } = await checkDeliveries();
    expect([causes, assumptions]).toEqual([[], []]);
    const exercised = checks.map(({ id }) => id);
    expect(exercised).toContain("deliveries/webhooks/repeated");
    expect(exercised).toContain("createPayoutLink/webhooks/fired");
    expect(exercised).toContain("onPayoutLinkSent/webhooks/subject");
    const missed = coverage.notExercised.find(({ id }) => id === "onTransferCompleted/webhooks/shape");
    expect(missed?.reason).toMatch(/no delivery of transfer.completed arrived/);
  });

  it("accept bodies without the name of an event", async () => {
    const nameless = (sent: Sent): Sent => ({ ...sent, body: omit(sent.body, "event") });
    const { causes, checks } = await checkDeliveries(nameless);
    expect(causes).toEqual([]);
    expect(checks.map(({ id }) => id)).toContain("onPayoutLinkSent/webhooks/shape");
  });

  it("report that nothing arrived if the server does not know the receiver", async () => {
    const { failed, coverage } = await checkDeliveries(() => undefined);
    expect(failed).toBe(0);
    const reasons = coverage.notExercised.map(({ reason }) => reason);
    expect(reasons).toContainEqual(
      expect.stringMatching(/^no delivery arrived: is the server configured .* http:\/\/127\.0\.0\.1:\d+\?$/),
    );
  });

  it("report differences from assumptions separately", async () => {
    const { failed, assumptions } = await checkDeliveries(webhooksFaults["never repeats after 500"]?.tamper, {
      strict: false,
    });
    expect(failed).toBe(0);
    expect(assumptions.map(({ cause }) => cause)).toEqual([
      "a delivery that was answered with 500 is not repeated",
    ]);
  });

  it.each([
    [{ webhookListen: "x" }, "deliveries need a port or host:port"],
    [{ webhookListen: "70000" }, "deliveries need a port or host:port"],
    [{ webhookSecret: "abc!" }, "must be whsec_ followed by base64 of 24 bytes"],
    [{ webhookSecret: undefined }, "set webhookSecret"],
  ])("can't run with %j", async (options, message) => {
    const run = checkDeliveries(undefined, options);
    await expect(run).rejects.toThrow(CannotRun);
    await expect(run).rejects.toThrow(message);
  });

  it("can't run if the port is taken", async () => {
    await using other = await listen(() => {});
    const webhookListen = new URL(other.url).port;
    await expect(checkDeliveries(undefined, { webhookListen })).rejects.toThrow(
      `nothing can be received at ${webhookListen}: `,
    );
  });

  it("ignore other requests to the port", async () => {
    let visited: Promise<Response> | undefined;
    const { coverage } = await checkDeliveries(() => undefined, {
      onStart: ({ webhooks = "" }) => {
        visited = fetch(webhooks);
      },
    });
    expect((await visited)?.status).toBe(405);
    expect(coverage.notExercised.map(({ id }) => id)).toContain("deliveries/webhooks/signed");
  });

  it("show the deliveries, but not the secret", async () => {
    const report = await checkDeliveries(webhooksFaults["does not sign its deliveries"]?.tamper);
    expect(report.causes[0]?.detail.received).toMatch(/^\{"id":/);
    expect(JSON.stringify(report)).not.toContain("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  });

  it.each(Object.entries(webhooksFaults))("detect a server that %s", async (_, { check, tamper }) => {
    const { causes } = await checkDeliveries(tamper);
    expect(causes.flatMap(({ checks }) => checks)).toContain(check);
  });
});
