import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { KeptSpec } from "../../src/spec/kept-spec.ts";
import { readSpec } from "../../src/spec/read-spec.ts";
import { serveDocument } from "../../src/spec/served-spec.ts";
import type { SpecFile } from "../../src/spec/spec-file.ts";

const path = join(tmpdir(), `kept-${crypto.randomUUID()}.json`);
afterAll(() => rm(path));

it("is read and compiled once, until its file changes", async () => {
  const write = (title: string) =>
    writeFile(path, JSON.stringify({ openapi: "3.1.0", info: { title, version: "1" }, paths: {} }));
  const spec = new KeptSpec(() => path, readSpec);
  const read = async () => {
    const files: SpecFile[] = [];
    const served = serveDocument(await spec.read(files));
    expect(files.map((file) => file.path)).toEqual([path]);
    return served;
  };
  await write("One");
  const first = await read();
  expect(await read()).toBe(first);
  await write("Another");
  expect((await read()).document).toMatchObject({ info: { title: "Another" } });
});
