import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The parts of an npm registry that `npm pack` and `npm view` need. Empty at first. */
export class NpmRegistry {
  readonly #server: Server;
  /** Tarballs by name and version. */
  readonly #packages = new Map<string, Map<string, Buffer>>();

  private constructor() {
    this.#server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? "").slice(1);
      const [name = "", file] = path.split("/-/");
      const versions = this.#packages.get(name);
      const tarball = versions?.get(/-(\d+\.\d+\.\d+)\.tgz$/.exec(file ?? "")?.[1] ?? "");
      if (tarball !== undefined) return response.end(tarball);
      const json = { "content-type": "application/json" };
      if (versions === undefined) return response.writeHead(404, json).end('{"error":"not found"}');
      return response.writeHead(200, json).end(JSON.stringify(this.#about(name, [...versions.keys()])));
    });
  }

  static async start(): Promise<NpmRegistry> {
    const registry = new NpmRegistry();
    registry.#server.listen(0, "127.0.0.1");
    await once(registry.#server, "listening");
    return registry;
  }

  #about(name: string, versions: readonly string[]): object {
    const entries = versions.map((version) => {
      const tarball = `${this.url}${name}/-/${name.split("/").at(-1)}-${version}.tgz`;
      return [version, { name, version, dist: { tarball } }];
    });
    return { name, "dist-tags": { latest: versions.at(-1) }, versions: Object.fromEntries(entries) };
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
    const versions = this.#packages.get(name) ?? new Map<string, Buffer>();
    this.#packages.set(name, versions.set(version, readFileSync(join(folder, "package.tgz"))));
    rmSync(folder, { recursive: true });
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }
}
