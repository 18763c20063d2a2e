import { beforeAll, describe, expect, it } from "vitest";
import { type Report, runContract } from "../src/index.ts";
import { PASSWORD, SECOND_PASSWORD, SECOND_USERNAME, startReference, USERNAME } from "./reference/server.ts";

/** One run of all checks, whose report answers all questions about a server without a fault. */
describe("a server that does only what the spec requires", () => {
  const large = new Map<string, number>();
  const made = new Map<string, number>();
  let report: Report | undefined;
  let announced: Readonly<Record<string, number>> = {};
  let early = 0;

  beforeAll(async () => {
    await using server = await startReference({
      make(resource, { raw, operation }) {
        made.set(operation.id, (made.get(operation.id) ?? 0) + 1);
        const amount = Number(resource["amount"]);
        if (amount > 1_000 && operation.id !== "sendPayout") large.set(String(raw), amount);
        return resource;
      },
    });
    report = await runContract({
      url: server.url,
      username: USERNAME,
      password: PASSWORD,
      secondUsername: SECOND_USERNAME,
      secondPassword: SECOND_PASSWORD,
      seed: 1,
      quick: true,
      strict: true,
      cleanUp: false,
      onStart: ({ creates }) => {
        early = server.made();
        announced = creates;
      },
    });
  });

  it("passes, even if the run is strict", () => {
    expect(report?.causes).toEqual([]);
    expect(report?.failed).toBe(0);
    expect(report?.passed).toBeGreaterThan(1_500);
  });

  it("creates no more resources than were announced before the first", () => {
    expect(early).toBe(0);
    expect(made.size).toBe(3);
    for (const [operation, count] of made) {
      expect(count).toBeGreaterThan(100);
      expect(count, operation).toBeLessThanOrEqual(announced[operation] ?? 0);
    }
  });

  it("gets small amounts, except to test size", () => {
    // The spec's examples, and the limits of each operation: 2^31, 2^53 - 1 and what is returned exactly.
    expect(large.size).toBeLessThanOrEqual(7 + 2 * 4);
  });

  it("is told which rules were tested, and why the others were not", () => {
    const own = report?.coverage.rules.filter(({ operation }) => operation === "createPayoutLink") ?? [];
    const rule = (side: string, property: string, keyword: string) =>
      own.find((known) => known.side === side && known.property === property && known.keyword === keyword);
    expect(rule("request", "/amount", "exclusiveMinimum")).toMatchObject({ exercised: true });
    expect(rule("200", "/id", "format")).toMatchObject({ exercised: true });
    expect(rule("200", "/claimed_user_id", "format")).toMatchObject({
      exercised: false,
      reason: "no answer had this property",
    });
    expect(rule("5XX", "", "status")?.reason).toContain("no request is meant to make a server fail");
    const requests = own.filter(({ side }) => side === "request");
    const missed = requests.filter(({ exercised }) => !exercised).map(({ place }) => place);
    // A rule that only applies to objects under a condition about objects can't be broken.
    expect(missed.filter((place) => !place.endsWith("/then/type"))).toEqual([]);
  });
});
