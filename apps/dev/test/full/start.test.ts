import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "@dots-payouts/workspace";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Session } from "../session.ts";
import { shopSpec } from "../shop/spec.ts";

let workspace: Workspace;
let session: Session;

beforeAll(async () => {
  workspace = new Workspace();
  session = new Session(workspace, ["--mock-port", "0", "--docs-port", "0"]);
  await session.printed(/Stop with Ctrl-C/);
}, 120_000);

afterAll(async () => {
  await session.stop("SIGKILL");
  workspace.remove();
});

it("reports why the mock can't use an edit, and applies the next one", async () => {
  const file = join(workspace.folder, "spec/openapi.yaml");
  const original = readFileSync(file, "utf8");
  writeFileSync(file, shopSpec().replace("openapi: 3.1.0", "openapi: 3.2.0"));
  await session.printed(
    /the mock can't use it[\s\S]*OpenAPI 3\.0 or 3\.1 is needed[\s\S]*can't be built from it/,
  );
  session.forget();
  writeFileSync(file, original);
  await session.printed(/The mock now uses it[\s\S]*up to date/);
}, 120_000);

it("reports what an edit can't be applied to, and applies it to everything else", async () => {
  session.forget();
  const cookie =
    "{ name: trace, in: cookie, required: true, description: A trace., schema: { type: string } }";
  const operation = "      operationId: createRefund\n";
  writeFileSync(
    join(workspace.folder, "spec/openapi.yaml"),
    shopSpec().replace(operation, `${operation}      parameters: [${cookie}]\n`),
  );
  await session.printed(/The mock now uses it/);
  await session.printed(/can't be built from it[\s\S]*can't send trace/);
}, 120_000);

it("has an unknown flag refused in a line", async () => {
  const refused = new Session(workspace, ["--prot", "1"]);
  await refused.printed(/--prot[\s\S]*Usage: pnpm start/);
  expect(refused.text).not.toContain("    at ");
  expect(await refused.ended()).toBe(1);
});
