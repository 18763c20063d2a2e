import { execFileSync } from "node:child_process";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** As a file: on Windows the command of this name is a script, which can't be started without a shell. */
const TURBO = join(ROOT, "node_modules/turbo/bin/turbo");

const TASKS = ["bundle", "generate", "build", "check", "test", "test:packages", "docs"];

interface Task {
  readonly taskId: string;
  readonly command: string;
  /** The folder of its package. */
  readonly directory: string;
  /** The files that its hash depends on, by their path from that folder. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The tasks whose hash its own depends on. */
  readonly dependencies: readonly string[];
}

/** What turbo would run, and on what each task's hash depends. */
function plan(): Task[] {
  const output = execFileSync(process.execPath, [TURBO, "run", ...TASKS, "--dry=json"], {
    cwd: ROOT,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const run: { readonly tasks: readonly Task[] } = JSON.parse(output);
  return run.tasks.map((task) => ({ ...task, directory: task.directory.replaceAll("\\", "/") }));
}

describe("the pipeline", () => {
  let tasks: readonly Task[];

  /** The tasks that run again after an edit of one file: those that read it, and all that depend on them. */
  function rerunAfterEditing(file: string): string[] {
    const changed = new Set(
      tasks
        .filter(({ directory, inputs }) => posix.relative(directory, file) in inputs)
        .map(({ taskId }) => taskId),
    );
    // Grows while it is gone through.
    for (const id of changed)
      for (const task of tasks) if (task.dependencies.includes(id)) changed.add(task.taskId);
    return tasks
      .filter(({ taskId, command }) => changed.has(taskId) && command !== "<NONEXISTENT>")
      .map(({ taskId }) => taskId.replace("@dots-payouts/", ""));
  }

  beforeAll(() => {
    tasks = plan();
  });

  it("runs what depends on the spec when the spec changes, and nothing else", () => {
    const rerun = rerunAfterEditing("spec/openapi.yaml");
    expect(rerun).toEqual(
      expect.arrayContaining([
        "spec#bundle",
        "client#generate",
        "client#build",
        "docs#build",
        "contract#test:packages",
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
    const withMock = ["client#test:packages", "outbox#test:packages", "contract#test:packages"];
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
