import { execFileSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Workspace } from "@dots-payouts/workspace";
import { rolldown } from "rolldown";
import { syntheticSpec } from "./synthetic-spec.ts";

/** What was measured at one size, by name. Milliseconds unless the name says otherwise. */
export type Measures = Map<string, number>;

/** A program that uses one method of many. */
const PROGRAM = `import { Dots } from "@dots-payouts/client";
const dots = new Dots({ environment: "production" });
const thing = await dots.things1.create({ size: 1 });
console.log(thing.id);
`;

/** Puts a description of this many operations in the place of the spec, and takes the time of each step into `found`. */
export async function measure(
  operations: number,
  found: Measures,
  say: (step: string) => void,
): Promise<void> {
  const workspace = new Workspace();
  const run = (folder: string, command: string, ...args: string[]): string =>
    execFileSync(command, args, {
      cwd: join(workspace.folder, folder),
      env: workspace.env,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const step = (name: string, work: () => unknown): void => {
    say(name);
    const started = performance.now();
    work();
    found.set(name, performance.now() - started);
  };
  try {
    writeFileSync(
      join(workspace.folder, "spec/openapi.yaml"),
      JSON.stringify(syntheticSpec(operations), null, 1),
    );
    step("lint", () => run("spec", "pnpm", "run", "lint"));
    step("bundle", () => run("spec", "pnpm", "run", "bundle"));
    step("generate", () => run("packages/client", "pnpm", "run", "generate"));
    step("build client", () => run("packages/client", "pnpm", "run", "build"));
    step("build mock and contract", () => {
      run("packages/mock", "pnpm", "run", "build");
      run("packages/contract", "pnpm", "run", "build");
    });
    const program = join(workspace.folder, "apps/docs/program.ts");
    writeFileSync(program, PROGRAM);
    const flags = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2023", "--module", "nodenext"];
    step("type check of a program", () => run("apps/docs", "tsc", ...flags, "--ignoreConfig", "program.ts"));
    say("bytes of a program");
    const bundle = await rolldown({
      input: program,
      cwd: workspace.folder,
      platform: "browser",
      logLevel: "silent",
    });
    const { output } = await bundle.generate({ minify: true });
    found.set("bytes of a program", Buffer.byteLength(output[0].code));
    found.set("bytes of the bundled spec", statSync(join(workspace.folder, "spec/dist/openapi.json")).size);
    say("mock and contract suite");
    const probe = fileURLToPath(new URL("./probe.ts", import.meta.url));
    const probed: unknown = JSON.parse(run(".", "node", probe, workspace.folder, String(operations)));
    for (const [name, value] of Object.entries(Object(probed))) found.set(name, Number(value));
    step("build docs", () => run("apps/docs", "pnpm", "run", "build"));
  } finally {
    workspace.remove();
  }
}
