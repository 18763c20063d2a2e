import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { openInChromium } from "./chromium.ts";
import { startServer } from "./server.ts";

// Tries the packed client on every runtime and with every compiler that it says it supports.

const run = promisify(execFile);
const here = fileURLToPath(new URL("..", import.meta.url));
const bin = (path: string): string => join(here, "node_modules", path);

const folder = await unpack();
const server = await startServer();
const closed = await closedUrl();
const failed: string[] = [];

for (const version of ["22", "24", "26"]) {
  const node = bin(`node${version}/bin/node`);
  await attempt(`Node ${version}, import`, () => commandLine(node, ["cli.js"], { tells: true }));
  await attempt(`Node ${version}, require`, () => commandLine(node, ["cli.cjs"], { tells: true }));
}
await attempt("Deno", () =>
  commandLine(
    bin(".bin/deno"),
    ["run", "--no-lock", "--node-modules-dir=manual", "--allow-net", "--allow-env", "--allow-read", "cli.js"],
    { tells: true },
  ),
);
await attempt("Bun, import", () => commandLine(bin(".bin/bun"), ["cli.js"], { tells: true }));
await attempt("Bun, require", () => commandLine(bin(".bin/bun"), ["cli.cjs"], { tells: true }));
await attempt("workerd", () => worker("2026-06-01"));
// Its fetch throws on the option `cache`.
await attempt("workerd with a compatibility date of 2024", () => worker("2024-09-01"));
await attempt("Chromium", async () => openInChromium(await bundle("suite.js"), closed));
for (const version of ["5.5", "5.9", "7"]) {
  for (const module of ["nodenext", "preserve", "commonjs"]) {
    await attempt(`TypeScript ${version}, module ${module}`, () => compile(version, module));
  }
}

server.close();
await rm(folder, { recursive: true });
process.exit(failed.length === 0 ? 0 : 1);

async function attempt(name: string, work: () => Promise<readonly string[]>): Promise<void> {
  const problems = await work().catch((error: unknown) => [String(error)]);
  console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${name}`);
  for (const problem of problems) console.log(`       ${problem}`);
  if (problems.length > 0) failed.push(name);
}

/** A program's folder with the client in it, as npm would install it. */
async function unpack(): Promise<string> {
  const program = await mkdtemp(join(tmpdir(), "dots-runtimes-"));
  const client = join(here, "..");
  await run("pnpm", ["pack", "--out", join(program, "client.tgz")], { cwd: client });
  const modules = join(program, "node_modules");
  await cp(join(here, "src"), program, { recursive: true });
  await cp(join(client, "node_modules/openapi-fetch"), join(modules, "openapi-fetch"), {
    recursive: true,
    dereference: true,
  });
  // Its own dependency, which pnpm puts beside it.
  const helpers = join(
    await realpath(join(client, "node_modules/openapi-fetch")),
    "../openapi-typescript-helpers",
  );
  await cp(helpers, join(modules, "openapi-typescript-helpers"), { recursive: true, dereference: true });
  await cp(join(client, "node_modules/standardwebhooks"), join(modules, "standardwebhooks"), {
    recursive: true,
    dereference: true,
  });
  const beside = join(await realpath(join(client, "node_modules/standardwebhooks")), "..");
  for (const name of ["@stablelib", "fast-sha256"]) {
    await cp(join(beside, name), join(modules, name), { recursive: true, dereference: true });
  }
  await cp(join(client, "../../node_modules/@types/node"), join(modules, "@types/node"), {
    recursive: true,
    dereference: true,
  });
  await run("mkdir", ["-p", join(modules, "@dots-payouts/client")]);
  await run(
    "tar",
    ["-xzf", "client.tgz", "--strip-components=1", "-C", join(modules, "@dots-payouts/client")],
    { cwd: program },
  );
  await writeFile(join(program, "package.json"), '{ "type": "module" }');
  return program;
}

async function commandLine(
  command: string,
  args: readonly string[],
  runtime: object,
): Promise<readonly string[]> {
  const { stdout } = await run(command, [...args, server.url, closed, JSON.stringify(runtime)], {
    cwd: folder,
    timeout: 60_000,
  });
  const [, problems] = /problems: (.*)/.exec(stdout) ?? [];
  return problems === undefined ? [`no answer: ${stdout}`] : JSON.parse(problems);
}

async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, file)],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

async function worker(compatibilityDate: string): Promise<readonly string[]> {
  const miniflare = new Miniflare({
    modules: true,
    script: await bundle("worker.js"),
    compatibilityDate,
  });
  const body = JSON.stringify({ url: server.url, closed, runtime: { tells: false } });
  const problems: string[] = [];
  for (const _ of ["first", "second"]) {
    const response = await miniflare.dispatchFetch("http://worker.local/", { method: "POST", body });
    const text = await response.text();
    problems.push(...(response.ok ? JSON.parse(text) : [text]));
  }
  await miniflare.dispose();
  return problems;
}

async function compile(version: string, module: string): Promise<readonly string[]> {
  const tsc = join(bin(`typescript${version}`), "bin/tsc");
  const resolution = { nodenext: "nodenext", preserve: "bundler", commonjs: "node10" }[module] ?? "";
  if (resolution === "node10") {
    // require, under the resolution that reads `exports`.
    await writeFile(join(folder, "consumer.cts"), await readFile(join(folder, "consumer.ts"), "utf8"));
  }
  const file = module === "commonjs" ? "consumer.cts" : "consumer.ts";
  const options = module === "commonjs" ? ["nodenext", "nodenext"] : [module, resolution];
  const flags = [
    "--noEmit",
    "--strict",
    "--exactOptionalPropertyTypes",
    "--skipLibCheck",
    "--target",
    "es2022",
    "--types",
    "node",
  ];
  const args = [tsc, ...flags, "--module", options[0] ?? "", "--moduleResolution", options[1] ?? "", file];
  try {
    await run(process.execPath, args, { cwd: folder });
    return [];
  } catch (error) {
    return [String(Object(error).stdout || error)];
  }
}

async function closedUrl(): Promise<string> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return `http://127.0.0.1:${port}`;
}
