import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUNDLE } from "./bundle.ts";

/** A measured server, and how to start it on a port. */
export interface Contestant {
  readonly name: string;
  readonly command: (port: number) => readonly string[];
}

const PRISM = join(dirname(createRequire(import.meta.url).resolve("@stoplight/prism-cli")), "index.js");
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const prism = (port: number, ...more: string[]) => [PRISM, "mock", BUNDLE, "--port", String(port), ...more];

export const OURS = "dots-mock";
export const BARE = "bare node:http";
export const SILENT = "Prism -v silent";

export const CONTESTANTS: readonly Contestant[] = [
  { name: OURS, command: (port) => [file("../bin/dots-mock.js"), "--port", String(port), "--quiet"] },
  { name: BARE, command: (port) => [file("servers/bare.ts"), String(port)] },
  { name: SILENT, command: (port) => prism(port, "-v", "silent") },
  { name: "Prism", command: (port) => prism(port) },
  { name: "openapi-backend", command: (port) => [file("servers/openapi-backend.ts"), String(port)] },
  { name: "Mockoon", command: (port) => [file("mockoon/server.js"), BUNDLE, String(port)] },
];
