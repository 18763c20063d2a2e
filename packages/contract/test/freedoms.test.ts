import { describe, expect, it } from "vitest";
import { runContract } from "../src/index.ts";
import { freedoms } from "./reference/freedoms.ts";
import { PASSWORD, startReference, USERNAME } from "./reference/server.ts";

describe("a server that keeps the spec", () => {
  it.each(Object.entries(freedoms))("passes when it %s", async (_, behaviour) => {
    await using server = await startReference(behaviour());
    const report = await runContract({ url: server.url, username: USERNAME, password: PASSWORD, seed: 7 });
    expect(report.causes).toEqual([]);
    expect(report.failed).toBe(0);
  });

  it("passes whatever the seed is", async () => {
    await using server = await startReference();
    for (let seed = 0; seed < 10; seed += 1) {
      const report = await runContract({
        url: server.url,
        username: USERNAME,
        password: PASSWORD,
        seed,
        only: ["random"],
      });
      expect(report.causes, `seed ${seed}`).toEqual([]);
    }
  });
});
