import { rolldown } from "rolldown";

/** Bundles one of our scripts with everything that it imports, for the browser. */
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
