/** The built package, which loads much faster than its source. */
export const { openOutbox }: typeof import("../../src/index.ts") = await import(
  new URL("../../dist/index.mjs", import.meta.url).href
);
