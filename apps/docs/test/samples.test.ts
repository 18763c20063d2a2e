import { execFileSync } from "node:child_process";
import { type Mock, startMock } from "@dots-payouts/mock";
import { listOperations } from "@dots-payouts/openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listSamples } from "../src/samples/list-samples.ts";
import { MOCK_URL } from "../src/samples/sample-request.ts";
import { bundle } from "./support/bundle.ts";
import { CodeFolder, execute } from "./support/run-code.ts";

const samples = listOperations(bundle).flatMap((operation) =>
  listSamples(bundle, operation).map((sample) => ({
    operation,
    name: `${operation.id}-${sample.request.name}`,
    ...sample,
  })),
);

function hasPython(): boolean {
  try {
    execFileSync("python3", ["--version"]);
    return true;
  } catch {
    return false;
  }
}

describe("the code samples", () => {
  let mock: Mock;
  let folder: CodeFolder;

  beforeAll(async () => {
    mock = await startMock({ port: 0, spec: bundle });
    folder = await CodeFolder.create();
  });

  afterAll(async () => {
    await mock?.close();
    await folder?.remove();
  });

  it("are there for every operation and example, in four languages", () => {
    expect(samples.length).toBeGreaterThanOrEqual(2 * listOperations(bundle).length);
    for (const { codes } of samples) {
      expect(codes.map(({ label }) => label)).toEqual(["curl", "TypeScript", "fetch", "Python"]);
    }
  });

  it("compile", async () => {
    for (const { name, codes } of samples) {
      for (const { label, code } of codes) if (label === "TypeScript") await folder.write(`${name}.ts`, code);
    }
    expect(await folder.typeErrors()).toBe("");
  });

  /** Runs a sample against the mock of this test, and says what the mock was asked and what was printed. */
  async function send(
    label: string,
    name: string,
    original: string,
  ): Promise<{ printed: string; body: unknown }> {
    const code = original.replaceAll(MOCK_URL, mock.url);
    expect(code).not.toBe(original);
    const before = mock.requests.length;
    const printed = await runAs(label, name, code);
    const request = mock.requests[before];
    expect(mock.requests).toHaveLength(before + 1);
    expect(request?.status, request?.answer.body).toBeLessThan(300);
    return { printed, body: JSON.parse(request?.body ?? "") };
  }

  async function runAs(label: string, name: string, code: string): Promise<string> {
    if (label === "curl") return execute("sh", ["-c", code]);
    if (label === "Python") return execute("python3", ["-c", code]);
    return execute(process.execPath, [
      await folder.write(`run-${name}.${label === "fetch" ? "mjs" : "ts"}`, code),
    ]);
  }

  const labels = ["curl", "TypeScript", "fetch", "Python"].filter(
    (label) => label !== "Python" || hasPython(),
  );

  describe.each(labels)("in %s", (label) => {
    it.each(samples)("send $name as documented, and print the answer", async ({ name, codes, request }) => {
      const code = codes.find((sample) => sample.label === label)?.code ?? "";
      const { printed, body } = await send(label, name, code);
      expect(body).toMatchObject(request.body as object);
      expect(printed).toMatch(/\bid['"]?: ?['"][\da-f-]{36}/);
    });
  });
});
