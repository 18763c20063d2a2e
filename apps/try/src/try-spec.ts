import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject, type Json, listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import { Workspace } from "@dots-payouts/workspace";
import { adapt } from "./adapt.ts";
import { lintReport } from "./lint-report.ts";
import { type Outcome, Refused } from "./outcome.ts";
import { reasonOf } from "./reason.ts";
import type { Source } from "./source.ts";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

/** How long a step may take, in milliseconds. */
const PATIENCE = 600_000;

/**
 * Runs lint, types, client, mock, contract suite and docs on a description, in a copy of the repository.
 * @param say is told of each step as it begins
 * @param look is shown the copy before it is thrown away
 */
export async function trySpec(
  source: Source,
  say: (step: string) => void,
  look: (folder: string) => Promise<void> = async () => {},
): Promise<Outcome[]> {
  const workspace = new Workspace();
  const at = (path: string): string => join(workspace.folder, path);
  const outcomes: Outcome[] = [];
  const run = (folder: string, command: string, ...args: string[]): string =>
    execFileSync(command, args, {
      cwd: folder,
      env: { ...workspace.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      timeout: PATIENCE,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const step = (name: string, needs: readonly string[], work: () => string): void => {
    say(name);
    const missing = needs.find((need) => outcomes.find((one) => one.step === need)?.result !== "works");
    if (missing !== undefined) {
      outcomes.push({ step: name, result: "skipped", detail: `needs ${missing}` });
      return;
    }
    try {
      outcomes.push({ step: name, result: "works", detail: work() });
    } catch (error) {
      const reason = reasonOf(error);
      // What is not well-formed may break anything, and the lint has said so.
      const isLint = outcomes[0]?.result === "refused" && reason.result === "failed";
      outcomes.push({ step: name, ...reason, ...(isLint ? asRefused(outcomes[0], reason.detail) : {}) });
    }
  };
  try {
    const bundle = at("spec/dist/openapi.json");
    const redocly = at("apps/try/node_modules/.bin/redocly");
    const config = at("try.yaml");
    const generated = at("packages/client/src/generated");
    writeFileSync(config, "extends: [minimal]\n");
    mkdirSync(at("spec/dist"), { recursive: true });
    const folder = source.url === undefined ? source.folder : workspace.folder;
    const name = source.url ?? source.name;
    step("lint", [], () => {
      try {
        return lintReport(run(folder, redocly, "lint", name, "--config", config, "--format", "json"), folder);
      } catch (error) {
        const { stdout } = Object(error);
        if (typeof stdout === "string" && stdout.includes("{")) return lintReport(stdout, folder);
        throw error;
      }
    });
    step("bundle", [], () => {
      run(folder, redocly, "bundle", name, "--config", config, "--output", bundle);
      const document: Json = JSON.parse(readFileSync(bundle, "utf8"));
      if (!isObject(document)) throw new Refused("#", "an object is needed");
      const adapted = adapt(document, source.url);
      const text = JSON.stringify(adapted, null, 1);
      writeFileSync(bundle, text);
      writeFileSync(bundle.replace(/json$/, "yaml"), text);
      return describeBundle(document, adapted, text.length);
    });
    step("types", ["bundle"], () => {
      rmSync(generated, { recursive: true, force: true });
      run(at("packages/client"), "node", at("packages/codegen/src/cli.ts"), "types", "--out", generated);
      const options = { extends: "../../tsconfig.base.json", include: ["src/generated"] };
      writeFileSync(at("packages/client/tsconfig.json"), JSON.stringify(options));
      run(at("packages/client"), "tsc");
      return "compile";
    });
    step("client", ["types"], () => {
      run(at("packages/client"), "pnpm", "run", "generate");
      const options = { extends: "../../tsconfig.base.json", include: ["src"] };
      writeFileSync(at("packages/client/tsconfig.json"), JSON.stringify(options));
      run(at("packages/client"), "tsc");
      run(at("packages/client"), "pnpm", "run", "build");
      return "compiles and builds";
    });
    /** For what no description goes into: the original's will do. */
    const takeOrMake = (folder: string, made: string, script: string): void => {
      const original = join(REPOSITORY, folder, made);
      if (existsSync(original)) cpSync(original, at(join(folder, made)), { recursive: true });
      else run(at(folder), "pnpm", "run", script);
    };
    const tool = (name: string, probe: URL): string => {
      takeOrMake(`packages/${name}`, "dist", "build");
      return run(workspace.folder, "node", fileURLToPath(probe), workspace.folder).trim();
    };
    step("mock", ["bundle"], () => tool("mock", new URL("./probe-mock.ts", import.meta.url)));
    step("contract suite", ["mock"], () => tool("contract", new URL("./probe-contract.ts", import.meta.url)));
    step("docs", ["bundle"], () => {
      takeOrMake("apps/docs", "generated", "assets");
      return run(at("apps/docs"), "pnpm", "run", "build").trim().split("\n").at(-1) ?? "";
    });
    await look(workspace.folder);
    return outcomes;
  } finally {
    workspace.remove();
  }
}

function asRefused(lint: Outcome | undefined, detail: string): Pick<Outcome, "result" | "place" | "detail"> {
  const place = lint?.place === undefined ? {} : { place: lint.place };
  return { result: "refused", ...place, detail: `not well-formed, as the lint says; here: ${detail}` };
}

/** What the bundle is, and which parts of it nothing here makes anything of. */
function describeBundle(given: Json, adapted: OpenApiDocument, size: number): string {
  const version = isObject(given) ? String(given["openapi"]) : "";
  const count = listOperations(adapted).length;
  const left = [
    isObject(adapted["webhooks"]) ? "webhooks" : "",
    JSON.stringify(adapted["paths"]).includes('"callbacks":') ? "callbacks" : "",
  ].filter((word) => word !== "");
  const told = left.length === 0 ? "" : `; ${left.join(" and ")} only go into the docs`;
  return `OpenAPI ${version}, ${count} operation${count === 1 ? "" : "s"}, ${Math.ceil(size / 1024)} KiB${told}`;
}
