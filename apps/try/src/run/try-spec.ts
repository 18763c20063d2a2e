import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { targets } from "@dots-payouts/codegen";
import { isObject, listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import { Workspace } from "@dots-payouts/workspace";
import { adapt } from "../adapt/adapt.ts";
import type { Outcome } from "../outcome/outcome.ts";
import { reasonOf } from "../outcome/reason.ts";
import { bundleSource, lintSource } from "./redocly.ts";
import { runCommand } from "./run-command.ts";
import type { Source } from "./source.ts";

const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));

/** Parts that no step uses. */
const APART = /^(\.github|bench|docs|apps\/(dev|names|try)|packages\/(codegen|release))\/|\/(test|bench)\//;

/** The steps, in their order. */
export const STEPS = ["lint", "bundle", "types", "client", "mock", "contract suite", "docs"] as const;

type Step = (typeof STEPS)[number];

export interface TryOptions {
  /** Called before the first step that uses the repository's tools. A description that can't be bundled needs none. */
  readonly prepare?: () => void;
  /** Called as each step starts. */
  readonly say?: (step: Step) => void;
  /** The steps to run, with those that they need. @default all */
  readonly steps?: readonly Step[];
  /** Gets the copy before it is deleted. */
  readonly look?: (folder: string) => Promise<void>;
}

/** Runs lint, types, client, mock, contract suite and docs on a description, in a copy of the repository. */
export async function trySpec(
  source: Source,
  { prepare, say = () => {}, steps = STEPS, look }: TryOptions = {},
): Promise<Outcome[]> {
  let made: Workspace | undefined;
  const copy = (): Workspace => {
    if (made === undefined) prepare?.();
    made ??= new Workspace({ only: (file) => !APART.test(file), commit: false });
    return made;
  };
  const at = (path: string): string => join(copy().folder, path);
  const run = (folder: string, command: string, ...args: string[]): string =>
    runCommand(folder, copy().env, command, ...args);
  const outcomes: Outcome[] = [];
  const step = async (
    name: Step,
    needs: readonly Step[],
    work: () => string | Promise<string>,
  ): Promise<void> => {
    if (!steps.includes(name)) return;
    say(name);
    const missing = needs.find((need) => outcomes.find((one) => one.step === need)?.result !== "works");
    if (missing !== undefined) {
      outcomes.push({ step: name, result: "skipped", detail: `needs ${missing}` });
      return;
    }
    try {
      outcomes.push({ step: name, result: "works", detail: await work() });
    } catch (error) {
      const reason = reasonOf(error);
      // A malformed description may break anything, and the linter has reported it.
      const isLint = outcomes[0]?.result === "refused" && reason.result === "failed";
      outcomes.push({ step: name, ...reason, ...(isLint ? asRefused(outcomes[0], reason.detail) : {}) });
    }
  };
  try {
    let adapted: OpenApiDocument = {};
    await step("lint", [], () => lintSource(source.location, source.folder));
    await step("bundle", [], async () => {
      const document = await bundleSource(source.location, source.folder);
      adapted = adapt(document, source.url);
      const text = JSON.stringify(adapted, null, 1);
      mkdirSync(at("spec/dist"), { recursive: true });
      for (const kind of ["json", "yaml"]) writeFileSync(at(`spec/dist/openapi.${kind}`), text);
      return describeBundle(document, adapted, text.length);
    });
    /** Replaces the generated code, and compiles the folders. */
    const generate = async (target: string, folders: string): Promise<string> => {
      const client = at("packages/client");
      const generated = join(client, "src/generated");
      rmSync(generated, { recursive: true, force: true });
      mkdirSync(generated);
      const files = (await targets.get(target)?.(adapted)) ?? {};
      for (const [name, text] of Object.entries(files)) writeFileSync(join(generated, name), text);
      const options = { extends: "../../tsconfig.base.json", include: [folders] };
      writeFileSync(join(client, "tsconfig.json"), JSON.stringify(options));
      run(client, "tsc");
      return client;
    };
    await step("types", ["bundle"], async () => {
      await generate("types", "src/generated");
      return "compile";
    });
    await step("client", ["types"], async () => {
      run(await generate("client", "src"), "node", "--run", "build");
      return "compiles and builds";
    });
    /** Uses the original's builds for what does not depend on the description. */
    const takeOrMake = (folder: string, made: string, script: string): void => {
      const original = join(REPOSITORY, folder, made);
      if (existsSync(original)) cpSync(original, at(join(folder, made)), { recursive: true });
      else run(at(folder), "node", "--run", script);
    };
    const tool = (name: string, probe: URL): string => {
      takeOrMake(`packages/${name}`, "dist", "build");
      return run(copy().folder, "node", fileURLToPath(probe), copy().folder).trim();
    };
    await step("mock", ["bundle"], () => tool("mock", new URL("./probe-mock.ts", import.meta.url)));
    await step("contract suite", ["mock"], () =>
      tool("contract", new URL("./probe-contract.ts", import.meta.url)),
    );
    await step("docs", ["bundle"], () => {
      takeOrMake("apps/docs", "generated", "assets");
      return run(at("apps/docs"), "node", "--run", "build").trim().split("\n").at(-1) ?? "";
    });
    await look?.(copy().folder);
    return outcomes;
  } finally {
    made?.remove();
  }
}

function asRefused(lint: Outcome | undefined, detail: string): Pick<Outcome, "result" | "place" | "detail"> {
  const place = lint?.place === undefined ? {} : { place: lint.place };
  return { result: "refused", ...place, detail: `not well-formed, as the lint says; here: ${detail}` };
}

/** Describes the bundle, and which of its parts are not used here. */
function describeBundle(given: OpenApiDocument, adapted: OpenApiDocument, size: number): string {
  const count = listOperations(adapted).length;
  const left = [
    isObject(adapted["webhooks"]) ? "webhooks" : "",
    JSON.stringify(adapted["paths"]).includes('"callbacks":') ? "callbacks" : "",
  ].filter((word) => word !== "");
  const told = left.length === 0 ? "" : `; ${left.join(" and ")} only go into the docs`;
  return `OpenAPI ${String(given["openapi"])}, ${count} operation${count === 1 ? "" : "s"}, ${Math.ceil(size / 1024)} KiB${told}`;
}
