import type { Check } from "../checks/check.ts";

/**
 * Makes a check of what an operation does to the resources of another. @param id what is checked; empty for the plain
 * use
 */
export type MakeCheck = (id: string, title: string, creates: number, run: Check["run"]) => Check;
