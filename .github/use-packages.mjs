// Uses the packages in node_modules as somebody would who has just installed them.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Dots } from "@dots-payouts/client";
import { startMock } from "@dots-payouts/mock";

const require = createRequire(import.meta.url);
const credentials = { username: "id", password: "key" };
const mock = await startMock({ port: 0, ...credentials });
try {
  const dots = new Dots({ clientId: "id", apiKey: "key", baseUrl: mock.url });
  const link = await dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" } });
  assert.equal(link.amount, 1000);

  const generated = await fetch(`${mock.url}/v2/payout-links`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa("id:key")}`,
      "content-type": "application/json",
      prefer: "dynamic=true",
    },
    body: '{"amount":1000}',
  });
  assert.equal(generated.status, 200, "Prism, which is bundled with the mock, answers");
  assert.equal(typeof (await generated.json()).id, "string");

  const { Dots: FromCommonJs } = require("@dots-payouts/client");
  const sent = await new FromCommonJs({ clientId: "id", apiKey: "key", baseUrl: mock.url }).payouts.send({
    amount: 2000,
    payee: { country_code: "1", phone_number: "2025550139" },
  });
  assert.equal(sent.amount, 2000);

  const manifest = require.resolve("@dots-payouts/contract/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  const command = join(dirname(manifest), bin["dots-contract"]);
  // The mock runs in this process, so the suite has to run in another one.
  const suite = spawn(
    process.execPath,
    [
      command,
      mock.url,
      "--quick",
      "--shard",
      "1/4",
      "--username",
      credentials.username,
      "--password",
      credentials.password,
    ],
    { stdio: "inherit" },
  );
  const code = await new Promise((resolve) => suite.once("exit", resolve));
  assert.equal(code, 0, "the mock keeps the contract");
} finally {
  await mock.close();
}

for (const command of ["dots-mock --help", "dots-outbox --help"]) {
  const help = spawnSync(`npx ${command}`, { encoding: "utf8", shell: true });
  assert.equal(help.status, 0, help.stderr);
}
console.log(`The packages work with Node ${process.version} on ${process.platform}.`);
