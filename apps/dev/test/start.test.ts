import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Workspace } from "@dots-payouts/workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Session } from "./session.ts";

const authorization = `Basic ${btoa("client-id:api-key")}`;

function createOrder(mockUrl: string, body: unknown): Promise<Response> {
  return fetch(`${mockUrl}/v1/orders`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

describe("pnpm start", () => {
  let workspace: Workspace;
  let session: Session;
  let mockUrl: string;
  let docsUrl: string;
  let specFile: string;
  let original: string;

  beforeAll(async () => {
    workspace = new Workspace();
    specFile = join(workspace.folder, "spec/openapi.yaml");
    original = readFileSync(new URL("./shop.yaml", import.meta.url), "utf8");
    writeFileSync(specFile, original);
    session = new Session(workspace, ["--mock-port", "0", "--docs-port", "0"]);
    mockUrl = (await session.printed(/Mock +(http:\S+)/))[1] ?? "";
    docsUrl = (await session.printed(/Docs +(http:\S+)/))[1] ?? "";
    await session.printed(/Stop with Ctrl-C/);
  }, 120_000);

  afterAll(async () => {
    await session.stop("SIGKILL");
    workspace.remove();
  });

  it("serves the mock and the docs at the printed URLs", async () => {
    expect((await createOrder(mockUrl, { amount: 1000 })).status).toBe(200);
    expect((await fetch(docsUrl)).status).toBe(200);
  });

  it("prints a curl command that works", async () => {
    const [, command] = await session.printed(/^ +(curl .*)$/m);
    expect(command).toContain(`${mockUrl}/v1/`);
    const answer: unknown = JSON.parse(
      execFileSync("sh", ["-c", `${command} --silent`], { encoding: "utf8" }),
    );
    expect(answer).toHaveProperty("created");
  });

  it("applies an edit of the spec to mock and docs without a restart", { timeout: 60_000 }, async () => {
    expect((await createOrder(mockUrl, { amount: 99 })).status).toBe(200);
    session.forget();
    writeFileSync(
      specFile,
      original
        .replace("exclusiveMinimum: 0", "exclusiveMinimum: 99")
        .replace("title: Shop API", "title: Shop API, edited"),
    );
    await session.printed(/up to date/);
    expect((await createOrder(mockUrl, { amount: 99 })).status).toBe(400);
    expect(await (await fetch(docsUrl)).text()).toContain("Shop API, edited");
  });

  it("reports an invalid edit with file and line, and keeps serving the last good version", {
    timeout: 60_000,
  }, async () => {
    session.forget();
    const broken = original.replace("operationId: createOrder", "operationID: createOrder");
    writeFileSync(specFile, broken);
    const line = broken.split("\n").findIndex((text) => text.includes("operationID:")) + 1;
    await session.printed(new RegExp(`spec/openapi\\.yaml:${line}:`));
    await session.printed(/last good version/);
    expect(session.text).not.toContain("src/main.ts");
    expect((await createOrder(mockUrl, { amount: 99 })).status).toBe(400);
    session.forget();
    writeFileSync(specFile, original);
    await session.printed(/up to date/);
    expect((await createOrder(mockUrl, { amount: 99 })).status).toBe(200);
  });

  it("reports what an edit can't be applied to, and applies it to everything else", {
    timeout: 60_000,
  }, async () => {
    session.forget();
    const cookie =
      "{ name: trace, in: cookie, required: true, description: A trace., schema: { type: string } }";
    const operation = "      operationId: createRefund\n";
    writeFileSync(specFile, original.replace(operation, `${operation}      parameters: [${cookie}]\n`));
    await session.printed(/The mock now uses it/);
    await session.printed(/can't be built from it[\s\S]*can't send trace/);
    session.forget();
    writeFileSync(specFile, original);
    await session.printed(/up to date/);
  });

  it("reports why the mock can't use an edit, and keeps serving the last good version", {
    timeout: 60_000,
  }, async () => {
    session.forget();
    writeFileSync(specFile, original.replace("openapi: 3.1.0", "openapi: 3.2.0"));
    await session.printed(
      /the mock can't use it[\s\S]*OpenAPI 3\.0 or 3\.1 is needed[\s\S]*can't be built from it/,
    );
    expect((await createOrder(mockUrl, { amount: 99 })).status).toBe(200);
    session.forget();
    writeFileSync(specFile, original);
    await session.printed(/up to date/);
  });

  // Windows has no signals: a process can only be killed.
  it.skipIf(process.platform === "win32")("stops both servers on Ctrl-C", async () => {
    expect(await session.stop("SIGINT")).toBe(0);
    await expect(fetch(mockUrl)).rejects.toThrow();
    await expect(fetch(docsUrl)).rejects.toThrow();
  });

  it("stops if the process that started it is killed", { timeout: 60_000 }, async () => {
    const launcher = ["sh", "-c", '"$@"; true', "sh"];
    const launched = new Session(workspace, ["--mock-port", "0", "--docs-port", "0"], launcher);
    const url = (await launched.printed(/Mock +(http:\S+)/))[1] ?? "";
    await launched.printed(/Stop with Ctrl-C/);
    const outputClosed = once(launched.process, "close");
    launched.process.kill("SIGKILL");
    await outputClosed;
    await expect(fetch(url)).rejects.toThrow();
  });

  it("applies an edit that is made during the start", { timeout: 60_000 }, async () => {
    const starting = new Session(workspace, ["--mock-port", "0", "--docs-port", "0"]);
    await starting.printed(/Building client/);
    writeFileSync(specFile, original.replace("title: Shop API", "title: Edited at the start"));
    const [, url = ""] = await starting.printed(/Docs +(http:\S+)/);
    await starting.printed(/Docs and client are up to date/);
    expect(await (await fetch(url)).text()).toContain("Edited at the start");
    expect(await starting.stop("SIGINT")).toBe(process.platform === "win32" ? null : 0);
    writeFileSync(specFile, original);
  });

  it("names a port that is taken, and how to choose another", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const refused = new Session(workspace, ["--docs-port", String(port), "--mock-port", "0"]);
    await refused.printed(new RegExp(`Port ${port} is taken, so the docs can't start there`));
    await refused.printed(/--docs-port \d+/);
    expect(await refused.ended()).toBe(1);
    other.close();
  });

  it("refuses an unknown flag", async () => {
    const refused = new Session(workspace, ["--prot", "1"]);
    await refused.printed(/--prot[\s\S]*Usage: pnpm start/);
    expect(refused.text).not.toContain("    at ");
  });

  it("runs on the repository's own Node", () => {
    expect(process.version).toMatch(/^v26\./);
  });
});
