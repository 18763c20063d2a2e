import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Workspace } from "@dots-payouts/workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** As a file: on Windows the command of this name is a script, which can't be started without a shell. */
const TURBO = fileURLToPath(new URL("../../../node_modules/turbo/bin/turbo", import.meta.url));

const TASKS = ["bundle", "generate", "build", "check", "test", "test:packages", "contract", "docs"];

interface DryRun {
  readonly tasks: { readonly taskId: string; readonly command: string; readonly hash: string }[];
}

/** The hash of each task that runs something. If the hash is the same, the task comes from the cache. */
function hashes(workspace: Workspace): Map<string, string> {
  const output = execFileSync(process.execPath, [TURBO, "run", ...TASKS, "--dry=json"], {
    cwd: workspace.folder,
    env: workspace.env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const run: DryRun = JSON.parse(output);
  const running = run.tasks.filter(({ command }) => command !== "<NONEXISTENT>");
  return new Map(running.map(({ taskId, hash }) => [taskId.replace("@dots-payouts/", ""), hash]));
}

describe("the pipeline", () => {
  let workspace: Workspace;
  let before: Map<string, string>;

  /** The tasks that run again after an edit of one file. */
  function rerunAfterEditing(file: string): string[] {
    appendFileSync(join(workspace.folder, file), "\n");
    const after = hashes(workspace);
    const rerun = [...after].filter(([task, hash]) => before.get(task) !== hash).map(([task]) => task);
    before = after;
    return rerun;
  }

  beforeAll(() => {
    workspace = new Workspace();
    before = hashes(workspace);
  });

  afterAll(() => workspace.remove());

  it("runs nothing again if nothing has changed", () => {
    expect(hashes(workspace)).toEqual(before);
  });

  it("runs what depends on the spec when the spec changes, and nothing else", () => {
    const rerun = rerunAfterEditing("spec/openapi.yaml");
    expect(rerun).toEqual(
      expect.arrayContaining([
        "spec#bundle",
        "client#generate",
        "client#build",
        "docs#build",
        "contract#contract",
      ]),
    );
    expect(rerun).not.toContain("mock#build");
    expect(rerun).not.toContain("contract#build");
    expect(rerun).not.toContain("docs#assets");
  });

  it.each([
    ["mock", ["client", "contract", "outbox", "release"]],
    ["contract", ["client", "mock", "outbox", "release"]],
    ["client", ["contract", "mock", "release"]],
  ])("builds only %s when it changes, and skips tests that don't need it", (name, others) => {
    const rerun = rerunAfterEditing(`packages/${name}/src/index.ts`);
    expect(rerun.filter((task) => /#(bundle|generate|build)$/.test(task))).toEqual([`${name}#build`]);
    expect(rerun).toEqual(expect.arrayContaining([`${name}#test`, "docs#test:packages"]));
    for (const other of others) expect(rerun).not.toContain(`${other}#test`);
    expect(rerun).not.toContain("docs#docs");
  });

  it("runs the tests that use the mock when the mock changes", () => {
    const rerun = rerunAfterEditing("packages/mock/src/index.ts");
    const withMock = ["client#test:packages", "outbox#test:packages", "contract#contract"];
    expect(rerun).toEqual(expect.arrayContaining(withMock));
  });

  it("generates and builds the client again when the code generator changes", () => {
    const rerun = rerunAfterEditing("packages/codegen/src/cli.ts");
    expect(rerun).toEqual(expect.arrayContaining(["client#generate", "client#build"]));
    expect(rerun).not.toContain("mock#build");
  });

  it("rebuilds only the docs when the texts of a package change, and nothing when those of the repository do", () => {
    expect(rerunAfterEditing("CONTRIBUTING.md")).toEqual([]);
    expect(rerunAfterEditing("packages/mock/README.md").filter((task) => task.endsWith("#build"))).toEqual([
      "docs#build",
    ]);
  });
});
