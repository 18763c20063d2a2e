import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { operations } from "../../src/generated/operations.ts";
import type { Dots } from "../../src/index.ts";
import { client, failure, PAYEE } from "../client.ts";
import { json, serve } from "../server.ts";

const NOTHING = "the API offers no way to find out whether it was carried out";

/** The operations that change something, by their methods. */
const CHANGES: Readonly<Record<string, (dots: Dots) => PromiseLike<unknown>>> = {
  "payoutLinks.create": (dots) => dots.payoutLinks.create({ amount: 1 }),
  "payouts.send": (dots) => dots.payouts.send({ amount: 1, payee: PAYEE }),
  "payoutRequests.create": (dots) => dots.payoutRequests.create({ amount: 1, payee: PAYEE }),
  "payoutLinks.cancel": (dots) => dots.payoutLinks.cancel("1"),
  "payoutLinks.redeliver": (dots) => dots.payoutLinks.redeliver("1"),
};

describe.each(Object.entries(CHANGES))("an unknown outcome of %s", (method, call) => {
  it("is settled as the message and the readme say", async () => {
    const { url } = await serve(json(500, {}));
    const error = await failure(call(client(url)));
    expect(error.outcome).toBe("unknown");
    const operation = operations.find(({ id }) => id === error.operation);
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const row = readme.split("\n").find((line) => line.startsWith(`| \`${method}\` `)) ?? "";
    const [, , early, late] = row.split("|").map((cell) => cell.trim());
    expect(late).toBe(operation?.lookUp ?? NOTHING);
    expect(early).toBe(operation?.key ? "call again with `continue: error`" : "has no key");
    const advice = operation?.key
      ? "call again with { continue: error }"
      : `${operation?.lookUp ?? "find out"} before you call again.`;
    expect(error.message).toContain(`It may have been carried out: ${advice}`);
  });
});
