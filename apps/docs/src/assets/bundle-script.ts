import { rolldown } from "rolldown";

/** A script of ours, and all that it imports, as a browser takes it. */
export async function bundleScript(entry: string): Promise<string> {
  const build = await rolldown({
    input: entry,
    platform: "browser",
    // The form library is written for React; Preact is the same to it, and a third smaller for the reader.
    resolve: { alias: { react: "preact/compat", "react/jsx-runtime": "preact/jsx-runtime" } },
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
    // Asked for by the form library's tests alone, which are left out of the bundle.
    external: ["@rjsf/validator-ajv8"],
    onLog: (level, log, handle) => {
      // `"use client"` is for servers that render components.
      if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
    },
  });
  try {
    const { output } = await build.generate({ format: "esm", minify: true, codeSplitting: false });
    return output[0].code;
  } finally {
    await build.close();
  }
}
