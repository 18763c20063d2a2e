import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Loads the published package like Jest does by default: with `require`, but without Node's `require` of ES modules.
 */
const required = async (code: string) =>
  (
    await run(process.execPath, ["--no-experimental-require-module", "--eval", code], { cwd: PACKAGE })
  ).stdout.trim();

it("can be loaded with require, including Prism and a store", async () => {
  const code = `
    const { startMock, MockError } = require("@dots-payouts/mock");
    (async () => {
      await startMock({ store: "/nowhere/mock.db" }).catch((error) => console.log(error instanceof MockError));
      const mock = await startMock();
      const { status } = await fetch(mock.url + "/v2/payout-links", {
        method: "POST",
        headers: { authorization: "Basic " + btoa("a:b"), "content-type": "application/json", prefer: "dynamic=true" },
        body: JSON.stringify({ amount: 5 }),
      });
      await mock.close();
      console.log(status);
    })();
  `;
  expect((await required(code)).split("\n")).toEqual(["true", "200"]);
});

it("imports CommonJS as a whole in ES modules, because Node 22 does not find the names in minified code", () => {
  const dist = join(PACKAGE, "dist");
  const loaded = readdirSync(dist)
    .filter((file) => file.endsWith(".mjs"))
    .flatMap((file) => readFileSync(join(dist, file), "utf8").match(/^.*"\.\/[^"]+\.cjs".*$/gm) ?? []);
  expect(loaded).toEqual(['import engine from "./prism-engine.cjs";']);
});
