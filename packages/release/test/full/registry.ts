import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { getAt, isObject, type JsonObject } from "@dots-payouts/openapi";

/** A separate registry that only contains what the test publishes. */
export class Registry {
  readonly url: string;
  /** Settings with which npm and pnpm find our packages in this registry, and all others in their usual one. */
  readonly settings: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, folder: string, child: ChildProcess) {
    this.url = url;
    this.#folder = folder;
    this.#process = child;
    this.settings = [
      `@dots-payouts:registry=${url}`,
      `${url.replace("http:", "")}:_authToken=anybody`,
      "audit=false",
      "fund=false",
      "update-notifier=false",
      "",
    ].join("\n");
  }

  static async start(): Promise<Registry> {
    const folder = mkdtempSync(join(tmpdir(), "registry-"));
    const port = await freePort();
    const config = join(folder, "config.yaml");
    writeFileSync(
      config,
      [
        `storage: ${join(folder, "storage")}`,
        "packages:",
        "  '@dots-payouts/*': { access: $all, publish: $all }",
        "log: { type: stdout, format: json, level: warn }",
        "",
      ].join("\n"),
    );
    const manifest = createRequire(import.meta.url).resolve("verdaccio/package.json");
    const command = [
      join(dirname(manifest), "bin/verdaccio"),
      "--config",
      config,
      "--listen",
      `127.0.0.1:${port}`,
    ];
    const child = spawn(process.execPath, command, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    const url = `http://127.0.0.1:${port}/`;
    await answering(`${url}-/ping`, child, () => output);
    return new Registry(url, folder, child);
  }

  /** The registry's latest version, and its dependencies. */
  async latest(name: string): Promise<{ version: unknown; dependencies: unknown }> {
    const response = await fetch(`${this.url}${name.replace("/", "%2f")}`);
    const about: unknown = await response.json();
    const version = getAt(asJson(about), "/dist-tags/latest");
    return { version, dependencies: getAt(asJson(about), `/versions/${version}/dependencies`) };
  }

  async stop(): Promise<void> {
    const exit = once(this.#process, "exit");
    this.#process.kill();
    await exit;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function asJson(value: unknown): JsonObject {
  if (!isObject(value)) throw new Error("the registry's answer is not an object");
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Waits until the server answers. Fails if it has ended, or has not answered in half a minute. */
async function answering(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const limit = AbortSignal.timeout(30_000);
  while (!limit.aborted && child.exitCode === null) {
    const answer = await fetch(url, { signal: limit }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill();
  throw new Error(`The registry does not answer: ${output()}`);
}
