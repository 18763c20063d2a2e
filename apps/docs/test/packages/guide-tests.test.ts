import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startMock } from "@dots-payouts/mock";
import { afterAll, describe, expect, it } from "vitest";
import { MOCK_URL } from "../../src/samples/sample-request.ts";
import { bundle } from "../support/bundle.ts";
import { listGuideCode } from "../support/guide-code.ts";
import { CodeFolder } from "../support/run-code.ts";

/** The same tests with the smallest part of the contract suite: a test of the suite runs all of it. */
function quick(code: string): string {
  return code.replace(/(?<=^contract\(\{ )/m, 'quick: true, only: ["retrieveTransfer"], ');
}

const mock = await startMock({ port: 0, spec: bundle, username: "client-id", password: "api-key" });
const folder = await CodeFolder.create();
const programs = listGuideCode().filter(({ language }) => language === "ts");
const files = programs.filter(({ code }) => /from "(vitest|[^"]*\/vitest)"/.test(code));
// Some import the program that they test.
for (const { label, code } of programs) await folder.write(label, quick(code).replaceAll(MOCK_URL, mock.url));

afterAll(async () => {
  await mock.close();
  await folder.remove();
});

it("are in three guides", () => {
  expect(files.map(({ guide }) => guide).sort()).toEqual(["contract-suite.md", "testing.md", "webhooks.md"]);
});

// They run as a part of this file: to start another vitest would take longer than they take.
describe.each(files)("the tests of $guide, in $label", async ({ label }) => {
  await import(pathToFileURL(join(folder.path, label)).href);
});
