// Shows what Schemathesis reports for two of the servers, next to what the suite reports (run.ts).
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { stacks } from "./stacks.ts";
import { CACHE, freePort, prepareStack, SPEC, start } from "./start-stack.ts";

const VERSION = "4.32.5";
const SERVERS = ["Fastify", "net/http"];

const folder = join(CACHE, "schemathesis");
mkdirSync(folder, { recursive: true });
execFileSync("python3", ["-m", "venv", folder], { stdio: "inherit" });
execFileSync(join(folder, "bin/pip"), ["install", "--quiet", `schemathesis==${VERSION}`], {
  stdio: "inherit",
});

for (const stack of stacks.filter(({ name }) => SERVERS.some((server) => name.includes(server)))) {
  await using server = await start(stack.start(prepareStack(stack)), {}, await freePort());
  const started = performance.now();
  const args = [
    "run",
    SPEC,
    "--url",
    server.url,
    "--auth",
    "client:secret",
    "--seed",
    "1",
    "--max-examples",
    "50",
  ];
  const { stdout } = spawnSync(join(folder, "bin/schemathesis"), args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 50_000_000,
  });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const found = stdout.split("\n").filter((line) => /ST\d+ .*: \d+$|generated,/.test(line));
  console.log(`${stack.name}: Schemathesis ${VERSION} in ${seconds} s\n${found.join("\n")}`);
}
