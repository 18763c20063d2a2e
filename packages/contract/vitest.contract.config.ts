import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["test/mock.contract.ts"], testTimeout: 30_000 } });
