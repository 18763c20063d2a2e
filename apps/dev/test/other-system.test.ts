import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { otherSystem } from "../src/other-system.ts";

it("reports dependencies that were installed on another system, and what to do", () => {
  const root = mkdtempSync(join(tmpdir(), "other-system-"));
  mkdirSync(join(root, "node_modules/turbo"), { recursive: true });
  expect(otherSystem(root)).toMatch(/are not for this system .+ is missing\. .+ npx -y pnpm@12 install$/);
  rmSync(root, { recursive: true });
});

it("accepts dependencies for this system", () => {
  expect(otherSystem(fileURLToPath(new URL("../../..", import.meta.url)))).toBeUndefined();
});
