import { isObject } from "@dots-payouts/openapi";
import type { Ended } from "./ended.ts";
import { Problem } from "./problem.ts";
import { run } from "./run.ts";

/** How bad an advisory has to be to fail the command, as npm calls it. */
const COUNTS = ["moderate", "high", "critical"];

/**
 * Asks the registry for known vulnerabilities of what a user of the published packages gets.
 * @throws Problem if the registry cannot tell: then nothing has been checked.
 */
export async function audit(root: string): Promise<Ended> {
  const output = await run("pnpm", ["audit", "--prod", "--json"], { cwd: root }).catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    // With findings it fails as well, and prints them.
    const json = text.slice(text.indexOf("\n") + 1);
    if (json.startsWith("{") && json.includes('"advisories"')) return json;
    throw new Problem(`Nothing was checked: the registry gives no advisories.\n${text}`);
  });
  const report: unknown = JSON.parse(output);
  const advisories = isObject(report) && isObject(report["advisories"]) ? report["advisories"] : {};
  const found = Object.values(advisories)
    .filter(isObject)
    .filter(({ severity }) => COUNTS.includes(String(severity)));
  if (found.length === 0) return { code: 0, text: "No known vulnerability reaches a user." };
  const lines = found.map(
    ({ severity, module_name: name, title, url }) => `${severity}: ${name}: ${title} (${url})`,
  );
  return { code: 1, text: ["Known vulnerabilities reach a user:", ...lines].join("\n  ") };
}
