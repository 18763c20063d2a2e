import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Files, targets } from "@dots-payouts/codegen";
import { memoize, onFirstUse } from "@dots-payouts/openapi";
import { afterAll, expect, it } from "vitest";
import { smallSpec } from "./small-spec.ts";

/** The differences between a spec and the small one. */
export type Changes = Parameters<typeof smallSpec>[0];

/** The source of a client for a spec. */
export async function generate(changes?: Changes): Promise<Files> {
  const target = targets.get("client");
  if (target === undefined) throw new Error("there is no client target");
  return target(smallSpec(changes));
}

/** A program for a client, in its own folder. */
interface Program {
  readonly changes: Changes;
  readonly source: string;
  readonly folder: string;
}

const root = mkdtempSync(join(tmpdir(), "programs-"));
afterAll(() => rmSync(root, { recursive: true }));

const programs: Program[] = [];

function register(changes: Changes, source: string): Program {
  const program = { changes, source, folder: join(root, `program-${programs.length}`) };
  programs.push(program);
  return program;
}

/**
 * Defines a test with a program that has to compile, except for the lines after `// @ts-expect-error`. The program
 * can import all of the client's types.
 */
export function compiles(name: string, changes: Changes, source: string): void {
  const program = register(changes, source);
  it(name, async () => {
    expect((await complaints()).get(program.folder)).toBeUndefined();
  });
}

/**
 * Like that, and the program's `result` has to be what is expected. `client` and `call` don't send anything: they
 * record their arguments in `sent`.
 */
export function runs(name: string, changes: Changes, source: string, expected: unknown): void {
  const program = register(changes, source);
  it(name, async () => {
    expect((await complaints()).get(program.folder)).toBeUndefined();
    const { result } = await import(pathToFileURL(join(program.folder, "program.ts")).href);
    expect(result).toEqual(expected);
  });
}

const CLIENT = fileURLToPath(new URL("../../../client/src", import.meta.url));
const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));

/** As a file: on Windows the command of this name is a script, which can't be started without a shell. */
const TSC = join(REPOSITORY, "node_modules/typescript/bin/tsc");

const FAKE = `import { Resources } from "./generated/resources.ts";
import { apiCall } from "./runtime/api-call.ts";
import type { Client, Operation } from "./runtime/operation.ts";

export const sent: { operation: Operation; body: unknown; path: string; options?: object }[] = [];
export const call: Client = (operation, options, body, path) => {
  sent.push({ operation, body, path: path?.() ?? operation.path, ...(options && { options }) });
  return apiCall(new Promise<never>(() => {}), (answer) => answer);
};

class Fake extends Resources {
  constructor() {
    super(call);
  }
}
export const client = new Fake();
`;

const PRELUDE = `import type * as types from "./generated/types.ts";
import type * as all from "./generated/schema.ts";
import { call, client, sent } from "./fake.ts";
export type { types, all };
export { call, client, sent };
/** Whether two types are exactly the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export const same = <A, B>(_: Same<A, B>): void => {};
`;

/**
 * Links a file or a folder of the client next to a program. On Windows, everybody may create junctions, but not
 * links.
 */
function put(from: string, to: string): void {
  if (statSync(from).isDirectory()) symlinkSync(from, to, "junction");
  else copyFileSync(from, to);
}

/** The compiler's errors, by program folder. All programs are compiled in one run, which starts here. */
const complaints = onFirstUse(async (): Promise<ReadonlyMap<string, string>> => {
  const filesOf = memoize((key: string) => generate(JSON.parse(key)));
  const found = new Map<string, string>();
  for (const { folder, changes = {}, source } of programs) {
    const files: Files = await filesOf(JSON.stringify(changes)).catch((error: unknown) => {
      found.set(folder, String(error));
      return {};
    });
    mkdirSync(join(folder, "generated"), { recursive: true });
    for (const entry of readdirSync(CLIENT)) {
      if (entry === "generated") continue;
      // The linked code reads from the client's generated files which of its parts are needed.
      if (entry === "runtime" && files["operations.ts"]?.includes("someHaveObjects: boolean = true")) {
        cpSync(join(CLIENT, entry), join(folder, entry), { recursive: true });
      } else put(join(CLIENT, entry), join(folder, entry));
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "generated", name), text);
    writeFileSync(join(folder, "fake.ts"), FAKE);
    writeFileSync(join(folder, "program.ts"), `${PRELUDE}${source}`);
  }
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(root, "tsconfig.json"),
    JSON.stringify({
      extends: join(REPOSITORY, "tsconfig.base.json"),
      compilerOptions: {
        noUnusedLocals: false,
        // Few programs set it, and more types are right with it.
        exactOptionalPropertyTypes: false,
        typeRoots: [join(REPOSITORY, "node_modules/@types")],
      },
      include: ["*/program.ts", "*/generated/*"],
    }),
  );
  const { stdout } = spawnSync(process.execPath, [TSC, "--pretty", "false"], { cwd: root, encoding: "utf8" });
  for (const line of stdout.split("\n").filter((text) => text !== "" && !text.startsWith(" "))) {
    const folder = join(root, line.split("/")[0] ?? "");
    found.set(folder, `${found.get(folder) ?? ""}${line}\n`);
  }
  return found;
});
