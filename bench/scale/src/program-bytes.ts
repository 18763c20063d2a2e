import { gzipSync } from "node:zlib";
import { type RolldownOutput, rolldown } from "rolldown";

/** Rows: the size of a program, and its size without the cost of each unused operation. */
export const BYTES = {
  methods: { minified: "bytes, one method", compressed: "bytes, one method, gzip" },
  functions: { minified: "bytes, one function", compressed: "bytes, one function, gzip" },
} as const;

/** The size of a program with everything that it loads, minified by a bundler for browsers, and with gzip. */
export async function programBytes(program: string): Promise<readonly [bytes: number, compressed: number]> {
  const bundle = await rolldown({ input: program, platform: "browser", logLevel: "silent" });
  try {
    const { output } = await bundle.generate({ minify: true });
    const code = loadedAtOnce(output);
    return [Buffer.byteLength(code), gzipSync(code, { level: 9 }).length];
  } finally {
    await bundle.close();
  }
}

/** The entry and its static imports. Dynamic imports are not loaded yet. */
function loadedAtOnce(output: RolldownOutput["output"]): string {
  const files = new Map(output.map((file) => [file.fileName, file]));
  const names = [output[0].fileName];
  let code = "";
  for (const name of names) {
    const file = files.get(name);
    if (file?.type !== "chunk") continue;
    code += file.code;
    names.push(...file.imports.filter((other) => !names.includes(other)));
  }
  return code;
}
