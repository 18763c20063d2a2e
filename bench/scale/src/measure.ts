import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Workspace } from "@dots-payouts/workspace";
import { completionTimes } from "./completion-time.ts";
import { docsPaint } from "./docs-paint.ts";
import { editTimes } from "./edit-time.ts";
import type { Cell, Column, Measured } from "./measurement.ts";
import { BYTES, programBytes } from "./program-bytes.ts";
import { syntheticSpec } from "./synthetic-spec.ts";
import { runTimed } from "./timed-command.ts";

/** A program that uses one of many methods. */
const PROGRAM = `import { Dots } from "@dots-payouts/client";
const dots = new Dots({ environment: "production" });
const thing = await dots.things1.create({ size: 1 });
console.log(thing.id);
`;

/** The same with a function. */
const PROGRAM_OF_FUNCTIONS = `import { createClient, createThing1 } from "@dots-payouts/client/functions";
const thing = await createThing1(createClient({ environment: "production" }), { size: 1 });
console.log(thing.id);
`;

const COMPILER_OPTIONS = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: "es2023",
  module: "nodenext",
  types: [],
};

/** Measurements of mock and contract suite from a separate process. */
const PROBED = [
  "mock start",
  "mock, first list",
  "mock, requests/s",
  "contract run",
  "contract checks",
  "contract, per check",
  "contract checks failed",
];

const BUILD = ["turbo", "run", "build", "--output-logs=errors-only"] as const;

/** Replaces the spec by a description with this many operations, and measures everything that is built from it. */
export async function measure(operations: number, say: (step: string) => void): Promise<Column> {
  const column = new Map<string, Cell>();
  const workspace = new Workspace();
  // A separate cache, so that nothing measured comes from another run.
  const env = { ...workspace.env, TURBO_CACHE_DIR: join(workspace.folder, ".turbo/cache") };
  const at = (folder: string) => ({ folder: join(workspace.folder, folder), env });
  const step = async (
    rows: readonly string[],
    work: () => readonly (Measured | number)[] | Promise<readonly (Measured | number)[]>,
  ): Promise<void> => {
    say(rows[0] ?? "");
    try {
      const found = await work();
      for (const [index, row] of rows.entries()) {
        const cell = found[index] ?? Number.NaN;
        column.set(row, typeof cell === "number" ? { value: cell } : cell);
      }
    } catch (error) {
      const failed = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
      for (const row of rows) column.set(row, { failed });
    }
  };
  const script = (row: string, folder: string, name: string): Promise<void> =>
    step([row], () => [runTimed(at(folder), "pnpm", "run", name)]);
  const sizeOf = (file: string): number => statSync(join(workspace.folder, file)).size;

  try {
    const spec = JSON.stringify(syntheticSpec(operations), null, 1);
    writeFileSync(join(workspace.folder, "spec/openapi.yaml"), spec);
    await step(["everything, from nothing"], () => [runTimed(at("."), ...BUILD)]);
    await step(["everything, unchanged"], () => [runTimed(at("."), ...BUILD)]);
    await script("lint and bundle", "spec", "bundle");
    await script("generate", "packages/client", "generate");
    await script("build client", "packages/client", "build");
    // Its tests are about the real description.
    const own = { extends: "./tsconfig.json", include: ["src"] };
    writeFileSync(join(workspace.folder, "packages/client/tsconfig.own.json"), JSON.stringify(own));
    await step(["check client"], () => [runTimed(at("packages/client"), "tsc", "-p", "tsconfig.own.json")]);
    // From scratch, like the steps before it.
    rmSync(join(workspace.folder, "apps/docs/node_modules/.cache"), { recursive: true, force: true });
    await script("build docs", "apps/docs", "build");

    const folder = join(workspace.folder, "apps/docs/program");
    const program = join(folder, "program.ts");
    mkdirSync(folder);
    writeFileSync(program, PROGRAM);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
    await step(["type check of a program"], () => [runTimed(at("apps/docs/program"), "tsc")]);
    await step(
      ["editor, first completion", "editor, methods after `dots.`", "editor, fields in `create({`"],
      async () => {
        const { first, methods, fields } = await completionTimes(program, { folder, env });
        return [first, methods, fields];
      },
    );
    const { methods, functions } = BYTES;
    await step([methods.minified, methods.compressed], () => programBytes(program));
    await step([functions.minified, functions.compressed], () => {
      const other = join(folder, "functions.ts");
      writeFileSync(other, PROGRAM_OF_FUNCTIONS);
      return programBytes(other);
    });
    await step(["bytes of the bundled spec", "bytes of the validators"], () => [
      sizeOf("spec/dist/openapi.json"),
      sizeOf("packages/client/dist/validators.mjs"),
    ]);
    await step(PROBED, () => {
      const probe = fileURLToPath(new URL("./probe.ts", import.meta.url));
      const { output } = runTimed(at("."), "node", probe, workspace.folder, String(operations));
      const found = JSON.parse(output);
      return PROBED.map((row) => Number(found[row]));
    });
    await step(
      [
        "docs, start page painted",
        "docs, operation painted",
        "docs, reference painted",
        "docs, reference interactive",
        "docs, console interactive",
      ],
      async () => {
        const paint = await docsPaint(join(workspace.folder, "apps/docs/dist"));
        const { start, operation, reference, console } = paint;
        return [
          start.painted,
          operation.painted,
          reference.painted,
          reference.interactive,
          console.interactive,
        ];
      },
    );
    await step(["edit to mock", "edit to docs", "edit to client"], async () => {
      const { mock, docs, client } = await editTimes(at("."));
      return [mock, docs, client];
    });
  } finally {
    workspace.remove();
  }
  return column;
}
