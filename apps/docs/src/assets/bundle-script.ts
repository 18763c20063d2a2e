import { rolldown } from "rolldown";

/** A script of ours, and all that it imports, as a browser takes it. */
export async function bundleScript(entry: string): Promise<string> {
  const build = await rolldown({
    input: entry,
    platform: "browser",
  });
  try {
    const { output } = await build.generate({ format: "esm", minify: true, codeSplitting: false });
    return output[0].code;
  } finally {
    await build.close();
  }
}
