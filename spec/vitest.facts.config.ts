import { defineConfig } from "vitest/config";

/**
 * Holds the description against what its sources said when it was written: a second look at a first transcript. It is no
 * part of `pnpm test`, because an edit of the API is an edit of these facts too.
 */
export default defineConfig({ test: { include: ["facts/**/*.test.ts"] } });
