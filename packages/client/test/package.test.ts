import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { LINK } from "./client.ts";
import { json, serve } from "./server.ts";

const FOLDER = fileURLToPath(new URL("..", import.meta.url));

const PROGRAM = `
async function main(url) {
  const dots = new Dots({ baseUrl: url, clientId: "client", apiKey: "key", validation: validation() });
  const quick = new Dots({ baseUrl: url, clientId: "client", apiKey: "key", fetch: undiciFetch() });
  const link = await dots.payoutLinks.create({ amount: 1000 });
  const { data } = await dots.http.POST("/v2/payout-links", { body: { amount: 1000 } });
  const other = await quick.payoutLinks.create({ amount: 1000 });
  const last = await createPayoutLink(createClient({ baseUrl: url, clientId: "client", apiKey: "key" }), { amount: 1 });
  Date.now = () => 1614265330000;
  const headers = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const { body } = verifyWebhook(headers, '{"test": 2432232314}', secret);
  console.log(last.id, link.id, data.id, other.id, body.test);
}
main(process.argv[1]);
`;

describe("the README", () => {
  it("links to nothing that the package does not hold", () => {
    const links = [...readFileSync(`${FOLDER}README.md`, "utf8").matchAll(/(?<=\]\(|\]: )[^\s)]+/g)].map(
      String,
    );
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
  });
});

describe("the built package", () => {
  it.each([
    [
      "module",
      `import { Dots } from "@dots-payouts/client"; import { validation } from "@dots-payouts/client/validation"; import { undiciFetch } from "@dots-payouts/client/undici"; import { createClient, createPayoutLink } from "@dots-payouts/client/functions"; import { verifyWebhook } from "@dots-payouts/client/webhooks";`,
    ],
    [
      "commonjs",
      `const { Dots } = require("@dots-payouts/client"); const { validation } = require("@dots-payouts/client/validation"); const { undiciFetch } = require("@dots-payouts/client/undici"); const { createClient, createPayoutLink } = require("@dots-payouts/client/functions"); const { verifyWebhook } = require("@dots-payouts/client/webhooks");`,
    ],
  ])("works in a program, as %s", async (type, imports) => {
    const { url } = await serve(json(200, LINK));
    const args = [`--input-type=${type}`, "--eval", imports + PROGRAM, url];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: FOLDER });
    expect(stdout).toBe(`${Array(4).fill(LINK.id).join(" ")} 2432232314\n`);
  });

  it("has one kind of errors, however it is loaded", async () => {
    const { url } = await serve(json(400, { message: "No." }));
    const program = `
      import { createRequire } from "node:module";
      import * as esm from "@dots-payouts/client";
      const cjs = createRequire(import.meta.url)("@dots-payouts/client");
      for (const [one, other] of [[esm, cjs], [cjs, esm]]) {
        const dots = new one.Dots({ baseUrl: "${url}", clientId: "client", apiKey: "secret-key" });
        const error = await dots.payoutLinks.create({ amount: 1 }).catch((error) => error);
        console.log(one === other, error instanceof other.DotsError, error instanceof other.ApiError,
          error instanceof other.BadRequestError, error instanceof other.ServerError, other.DotsError.is(error),
          other.DotsError.from(JSON.stringify(error)) instanceof one.BadRequestError);
      }`;
    const args = ["--input-type=module", "--eval", program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: FOLDER });
    expect(stdout).toBe("false true true true false true true\n".repeat(2));
  });

  it("has one kind of errors of webhooks, however it is loaded", async () => {
    const program = `
      import { createRequire } from "node:module";
      import * as esm from "@dots-payouts/client/webhooks";
      const cjs = createRequire(import.meta.url)("@dots-payouts/client/webhooks");
      for (const [one, other] of [[esm, cjs], [cjs, esm]]) {
        try {
          one.verifyWebhook({}, "", "whsec_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        } catch (error) {
          console.log(one === other, error instanceof other.WebhookError, other.WebhookError.is(error), error.reason);
        }
      }`;
    const args = ["--input-type=module", "--eval", program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: FOLDER });
    expect(stdout).toBe("false true true headers\n".repeat(2));
  });
});
