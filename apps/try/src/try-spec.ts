import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject } from "@dots-payouts/openapi";
import { Workspace } from "@dots-payouts/workspace";
import { adapt } from "./adapt.ts";

/** What became of one step. */
export interface Outcome {
  readonly step: string;
  /** `refused`: the step said what it can't do and where; `failed`: it broke; `skipped`: it needs an earlier one. */
  readonly result: "works" | "refused" | "failed" | "skipped";
  readonly detail: string;
}

/** How long a step may take, in milliseconds. */
const PATIENCE = 180_000;

/** Runs lint, types, client, mock, contract suite and docs on a description, in a copy of the repository. */
export async function trySpec(file: string, say: (step: string) => void): Promise<Outcome[]> {
  const workspace = new Workspace();
  const outcomes: Outcome[] = [];
  const run = (folder: string, command: string, ...args: string[]): string =>
    execFileSync(command, args, {
      cwd: join(workspace.folder, folder),
      env: { ...workspace.env, REDOCLY_TELEMETRY: "off" },
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      timeout: PATIENCE,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const step = (name: string, needs: readonly string[], work: () => string): void => {
    say(name);
    const missing = needs.find(
      (need) => outcomes.find((outcome) => outcome.step === need)?.result !== "works",
    );
    if (missing !== undefined) {
      outcomes.push({ step: name, result: "skipped", detail: `needs ${missing}` });
      return;
    }
    try {
      outcomes.push({ step: name, result: "works", detail: work() });
    } catch (error) {
      const detail = reasonOf(error);
      outcomes.push({ step: name, result: /#\/|^refused: /.test(detail) ? "refused" : "failed", detail });
    }
  };
  try {
    const bundle = join(workspace.folder, "spec/dist/openapi.json");
    const redocly = join(workspace.folder, "spec/node_modules/.bin/redocly");
    const config = join(workspace.folder, "try.yaml");
    writeFileSync(config, "extends: [minimal]\n");
    mkdirSync(join(workspace.folder, "spec/dist"), { recursive: true });
    step("bundle", [], () => {
      run("spec", redocly, "bundle", file, "--config", config, "--output", bundle);
      const document: unknown = JSON.parse(readFileSync(bundle, "utf8"));
      if (!isObject(document) || !/^3\.[01]/.test(String(document["openapi"]))) {
        throw new Error("refused: #/openapi: OpenAPI 3.0 or 3.1 is needed");
      }
      const text = JSON.stringify(adapt(document), null, 1);
      writeFileSync(bundle, text);
      writeFileSync(bundle.replace(/json$/, "yaml"), text);
      return `${Math.ceil(text.length / 1024)} KiB`;
    });
    step("lint", [], () => {
      run("spec", redocly, "lint", file, "--config", config);
      return "";
    });
    step("types and methods", ["bundle"], () => {
      rmSync(join(workspace.folder, "packages/client/src/generated"), { recursive: true, force: true });
      run("packages/client", "pnpm", "run", "generate");
      return "";
    });
    step("client", ["types and methods"], () => {
      const settings = { extends: "../../tsconfig.base.json", include: ["src"] };
      writeFileSync(join(workspace.folder, "packages/client/tsconfig.json"), JSON.stringify(settings));
      run("packages/client", "tsc");
      run("packages/client", "pnpm", "run", "build");
      return "compiles and builds";
    });
    const probe = fileURLToPath(new URL("./probe.ts", import.meta.url));
    const tool = (name: string): string => {
      for (const folder of ["packages/mock", "packages/contract"]) run(folder, "pnpm", "run", "build");
      return run(".", "node", probe, workspace.folder, name).trim();
    };
    step("mock", ["bundle"], () => tool("mock"));
    step("contract suite", ["mock"], () => tool("contract"));
    step("docs", ["bundle"], () => run("apps/docs", "pnpm", "run", "build").trim().split("\n").at(-1) ?? "");
    return outcomes;
  } finally {
    workspace.remove();
  }
}

/** The line that says why: the one that names a place, else the first that names an error. */
function reasonOf(error: unknown): string {
  const { stdout, stderr, message, code } = Object(error);
  if (code === "ETIMEDOUT") return `no end after ${PATIENCE / 1_000} s`;
  const lines = `${stderr ?? ""}\n${stdout ?? ""}\n${stderr === undefined ? message : ""}`
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("$"));
  const telling =
    lines.find((line) => line.includes("#/")) ?? lines.find((line) => /error|can.?t|cannot/i.test(line));
  return (telling ?? lines[0] ?? "").slice(0, 200);
}
