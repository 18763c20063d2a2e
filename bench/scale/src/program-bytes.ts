import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

export const BYTES = "bytes of a program, minified";
export const COMPRESSED_BYTES = "bytes of a program, minified, gzip";

/** The size of a program with all that it loads at once, as a bundler for browsers makes it. */
export async function programBytes(program: string): Promise<{ bytes: number; compressed: number }> {
  const bundle = await rolldown({ input: program, platform: "browser", logLevel: "silent" });
  try {
    const { output } = await bundle.generate({ minify: true });
    return {
      bytes: Buffer.byteLength(output[0].code),
      compressed: gzipSync(output[0].code, { level: 9 }).length,
    };
  } finally {
    await bundle.close();
  }
}
