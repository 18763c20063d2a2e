import { readFileSync } from "node:fs";
import { isObject, type JsonObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

/** The systems that this repository promises to work on. */
const SYSTEMS = [
  { os: "linux", cpu: "x64", libc: "glibc" },
  { os: "linux", cpu: "x64", libc: "musl" },
  { os: "linux", cpu: "arm64", libc: "glibc" },
  { os: "linux", cpu: "arm64", libc: "musl" },
  { os: "darwin", cpu: "x64" },
  { os: "darwin", cpu: "arm64" },
  { os: "win32", cpu: "x64" },
];

/** Packages that one system alone needs. */
const FOR_ONE_SYSTEM = ["fsevents"];

/** `@turbo` of `@turbo/linux-64`, `lightningcss` of `lightningcss-linux-x64-gnu`. */
const FAMILY = /^(@[^/]+|[^-@]+)/;

const lockfile: unknown = parse(readFileSync(new URL("../../../pnpm-lock.yaml", import.meta.url), "utf8"));
const packages = isObject(lockfile) && isObject(lockfile["packages"]) ? lockfile["packages"] : {};

/** Packages that hold the binaries of one tool, each for other systems. */
const families = new Map<string, JsonObject[]>();
for (const [id, entry] of Object.entries(packages)) {
  if (!isObject(entry) || (entry["os"] === undefined && entry["cpu"] === undefined)) continue;
  const family = FAMILY.exec(id)?.[0] ?? id;
  families.set(family, [...(families.get(family) ?? []), entry]);
}

function admits(values: unknown, value: string | undefined): boolean {
  return !Array.isArray(values) || value === undefined || values.includes(value);
}

describe("the lockfile", () => {
  it("knows the tools that bring binaries", () => {
    expect([...families.keys()]).toEqual(expect.arrayContaining(["@turbo", "@biomejs", "@rolldown"]));
  });

  it.each([...families].filter(([name]) => !FOR_ONE_SYSTEM.includes(name)))(
    "has the binaries of %s for every system that is promised",
    (_, members) => {
      const missing = SYSTEMS.filter(
        ({ os, cpu, libc }) =>
          !members.some(
            (entry) => admits(entry["os"], os) && admits(entry["cpu"], cpu) && admits(entry["libc"], libc),
          ),
      );
      expect(missing).toEqual([]);
    },
  );
});
