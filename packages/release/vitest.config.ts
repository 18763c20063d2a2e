import { defineConfig } from "vitest/config";

// Most tests here run commands, and some of those install packages.
export default defineConfig({ test: { include: ["test/**/*.test.ts"], testTimeout: 120_000 } });
