import { beforeAll, describe, expect, it } from "vitest";
import type { Consumer } from "./consumer.ts";

const call = `await dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" } })`;

/** A program that does not compile if the types of an entry differ from its code. */
const entries = `import { type Client, createClient, createPayoutLink } from "@dots-payouts/client/functions";
import { type Validation, validation } from "@dots-payouts/client/validation";
import { isKnownEvent, type WebhookEvent, webhookHandler } from "@dots-payouts/client/webhooks";
export const check = (api: Client) => createPayoutLink(api, { amount: 1000 }).withResponse();
export const api = (given: Validation = validation()) => createClient({ environment: "sandbox", validation: given });
export const onEvent = (event: WebhookEvent) =>
  isKnownEvent(event) && event.event === "transfer.failed" ? event.body.transfer_id : event.resource?.id;
export const POST: (request: Request) => Promise<Response> = webhookHandler({ secret: "whsec_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", onEvent });
// @ts-expect-error: the amount is a number
export const mistake = (api: Client) => createPayoutLink(api, { amount: "1000" });`;

/**
 * Tests that programs which use the packages compile and run.
 * @param installed a project with all packages, and the URL of a mock; asked when the tests run
 */
export function describePrograms(installed: () => { project: Consumer; url: string }): void {
  const connect = (): string =>
    `new Dots({ clientId: "id", apiKey: "key", baseUrl: ${JSON.stringify(installed().url)} })`;

  // Fails if a type comes from an undeclared dependency.
  describe("in TypeScript", () => {
    beforeAll(async () => {
      const { project } = installed();
      project.write({
        "main.mts": `import { Dots } from "@dots-payouts/client";
${entries}
const dots = ${connect()};
const link = ${call};
const amount: number = link.amount;
// @ts-expect-error: a payout needs somebody to go to
export const wrong = () => dots.payouts.send({ amount });
console.log(amount, link.status);
`,
        "main.cts": `import { Dots } from "@dots-payouts/client";
${entries}
async function main(): Promise<void> {
  const dots = ${connect()};
  const link = ${call};
  const amount: number = link.amount;
  console.log(amount, link.status);
}
void main();
`,
      });
      expect(await project.compile()).toEqual({ code: 0, output: "" });
    });

    it("works with ES modules", async () => {
      expect(await installed().project.run("node", "out/main.mjs")).toEqual({
        code: 0,
        output: "1000 sent\n",
      });
    });

    it("works with CommonJS", async () => {
      const { project } = installed();
      expect(project.read("out/main.cjs")).toContain("require(");
      expect(await project.run("node", "out/main.cjs")).toEqual({ code: 0, output: "1000 sent\n" });
    });
  });

  it("works in plain JavaScript", async () => {
    const { project } = installed();
    project.write({
      "main.mjs": `import { Dots } from "@dots-payouts/client";
import spec from "@dots-payouts/spec/openapi.json" with { type: "json" };
const dots = ${connect()};
console.log((${call}).amount, spec.openapi);
`,
    });
    expect(await project.run("node", "main.mjs")).toEqual({ code: 0, output: "1000 3.1.0\n" });
  });
}
