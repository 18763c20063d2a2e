import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { copyApi, lint } from "./break.ts";

it("finds nothing in the small API that keeps every rule", async () => {
  const root = await mkdtemp(join(tmpdir(), "lint-"));
  try {
    await copyApi(join(root, "0"));
    expect(await lint(root, 1)).toEqual(new Map());
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}, 60_000);
