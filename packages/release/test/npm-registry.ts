import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "@dots-payouts/openapi";
import { readTarball } from "@dots-payouts/release";

interface Published {
  readonly manifest: JsonObject;
  readonly tarball: Buffer;
}

/** The parts of an npm registry that `npm pack`, `npm view` and `pnpm add` need. Empty at first. */
export class NpmRegistry {
  readonly #server: Server;
  /** What was published, by name and version. */
  readonly #packages = new Map<string, Map<string, Published>>();

  private constructor() {
    this.#server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? "").slice(1);
      const [name = "", file] = path.split("/-/");
      const versions = this.#packages.get(name);
      const asked = versions?.get(/-(\d+\.\d+\.\d+)\.tgz$/.exec(file ?? "")?.[1] ?? "");
      if (asked !== undefined) return response.end(asked.tarball);
      const json = { "content-type": "application/json" };
      if (versions === undefined) return response.writeHead(404, json).end('{"error":"not found"}');
      return response.writeHead(200, json).end(JSON.stringify(this.#about(name, versions)));
    });
  }

  static async start(): Promise<NpmRegistry> {
    const registry = new NpmRegistry();
    registry.#server.listen(0, "127.0.0.1");
    await once(registry.#server, "listening");
    return registry;
  }

  #about(name: string, published: ReadonlyMap<string, Published>): object {
    const entries = [...published].map(([version, { manifest, tarball }]) => {
      const dist = {
        tarball: `${this.url}${name}/-/${name.split("/").at(-1)}-${version}.tgz`,
        integrity: `sha512-${createHash("sha512").update(tarball).digest("base64")}`,
      };
      return [version, { ...manifest, name, version, dist }];
    });
    return {
      name,
      "dist-tags": { latest: [...published.keys()].at(-1) },
      versions: Object.fromEntries(entries),
    };
  }

  get url(): string {
    const address = this.#server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    return `http://127.0.0.1:${port}/`;
  }

  /** @param document its description; absent in a package that only reserves the name */
  publish(name: string, version: string, document?: object): void {
    const folder = mkdtempSync(join(tmpdir(), "published-"));
    mkdirSync(join(folder, "package/dist"), { recursive: true });
    writeFileSync(join(folder, "package/package.json"), JSON.stringify({ name, version }));
    if (document !== undefined) {
      writeFileSync(join(folder, "package/dist/openapi.json"), JSON.stringify(document));
    }
    execFileSync("tar", ["-czf", "package.tgz", "package"], { cwd: folder });
    this.#add(name, version, { manifest: {}, tarball: readFileSync(join(folder, "package.tgz")) });
    rmSync(folder, { recursive: true });
  }

  /** Publishes a tarball as `npm publish` does. */
  async publishTarball(file: string): Promise<void> {
    const { manifest } = await readTarball(file);
    const { name, version } = manifest;
    this.#add(String(name), String(version), { manifest, tarball: readFileSync(file) });
  }

  #add(name: string, version: string, published: Published): void {
    const versions = this.#packages.get(name) ?? new Map<string, Published>();
    this.#packages.set(name, versions.set(version, published));
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }
}
