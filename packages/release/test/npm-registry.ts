import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** As much of an npm registry as `npm pack` asks for. It holds nothing at first. */
export class NpmRegistry {
  readonly #server: Server;
  readonly #versions = new Map<string, Buffer>();

  private constructor(name: string) {
    this.#server = createServer((request, response) => {
      const [, version] = /-(\d+\.\d+\.\d+)\.tgz$/.exec(request.url ?? "") ?? [];
      const tarball = version === undefined ? undefined : this.#versions.get(version);
      if (tarball !== undefined) return response.end(tarball);
      if (version !== undefined || this.#versions.size === 0) {
        return response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not found"}');
      }
      const versions = [...this.#versions.keys()].map((each) => [
        each,
        { name, version: each, dist: { tarball: `${this.url}${name}/-/spec-${each}.tgz` } },
      ]);
      const latest = versions.at(-1)?.[0];
      const about = { name, "dist-tags": { latest }, versions: Object.fromEntries(versions) };
      return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(about));
    });
  }

  static async start(name: string): Promise<NpmRegistry> {
    const registry = new NpmRegistry(name);
    registry.#server.listen(0, "127.0.0.1");
    await once(registry.#server, "listening");
    return registry;
  }

  get url(): string {
    const address = this.#server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    return `http://127.0.0.1:${port}/`;
  }

  /** @param document its description; none in a package that only reserves the name */
  publish(name: string, version: string, document?: object): void {
    const folder = mkdtempSync(join(tmpdir(), "published-"));
    mkdirSync(join(folder, "package/dist"), { recursive: true });
    writeFileSync(join(folder, "package/package.json"), JSON.stringify({ name, version }));
    if (document !== undefined) {
      writeFileSync(join(folder, "package/dist/openapi.json"), JSON.stringify(document));
    }
    execFileSync("tar", ["-czf", "package.tgz", "package"], { cwd: folder });
    this.#versions.set(version, readFileSync(join(folder, "package.tgz")));
    rmSync(folder, { recursive: true });
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }
}
