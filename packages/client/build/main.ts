import { enableCompileCache } from "node:module";

// The command of tsdown does the same, but compiles the configuration each time.
enableCompileCache();
const { build } = await import("tsdown");
const { default: config } = await import("../tsdown.config.ts");
try {
  await build({ ...config, config: false });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
