import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "@dots-payouts/openapi";
import { temporaryFolder } from "@dots-payouts/workspace";

const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));

/** As a file: on Windows the command of this name is a script, which can't be started without a shell. */
const TSC = join(REPOSITORY, "node_modules/typescript/bin/tsc");

/** A value with its declared type. */
export interface Declared {
  /** The type, as `pairs.ts` would write it. */
  readonly type: string;
  readonly value: Json;
}

/**
 * Which of these values match their types, according to the compiler.
 * @param schema the source of the types, with the `operations` that the types use
 * @throws Error if the types themselves do not compile
 */
export function compiled(schema: string, declared: readonly Declared[]): boolean[] {
  const folder = mkdtempSync(join(temporaryFolder(), "pairs-"));
  try {
    const lines = declared.map(({ type, value }) => `{ const _: ${type} = ${JSON.stringify(value)}; }`);
    writeFileSync(join(folder, "schema.ts"), schema);
    writeFileSync(
      join(folder, "pairs.ts"),
      ['import type { operations } from "./schema.ts";', ...lines].join("\n"),
    );
    const compilerOptions = { noUnusedLocals: false, types: [] };
    const include = ["*.ts"];
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: join(REPOSITORY, "tsconfig.base.json"), compilerOptions, include }),
    );
    const { stdout } = spawnSync(process.execPath, [TSC, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    const wrong = new Set<number>();
    for (const line of stdout.split("\n").filter((text) => /^\S/.test(text))) {
      const place = /^pairs\.ts\((\d+),/.exec(line)?.[1];
      if (place === undefined) throw new Error(`the types do not compile: ${line}`);
      wrong.add(Number(place));
    }
    return declared.map((_, index) => !wrong.has(index + 2));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
