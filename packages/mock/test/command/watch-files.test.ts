import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { watchFiles } from "../../src/command/watch-files.ts";
import { specFile } from "../../src/spec/spec-file.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mock-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("sees a change between reading and the first check", async () => {
  const path = join(folder, "early.yaml");
  const read = specFile(path);
  await writeFile(path, "1");
  const reads = vi.fn(async () => [specFile(path)]);
  const watched = watchFiles([read], reads);
  await expect.poll(() => reads.mock.calls.length).toBe(1);
  watched.close();
});

it("sees a change while the files are read, and never reads twice at once", async () => {
  const path = join(folder, "meanwhile.yaml");
  let open = 0;
  const most: number[] = [];
  const watched = watchFiles([{ path, state: "as it was" }], async () => {
    open += 1;
    most.push(open);
    const files = [specFile(path)];
    if (most.length < 3) await writeFile(path, String(most.length));
    await vi.waitFor(() => expect(specFile(path).state).not.toBe(""));
    open -= 1;
    return files;
  });
  await expect.poll(() => most).toEqual([1, 1, 1]);
  watched.close();
});
