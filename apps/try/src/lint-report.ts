import { isObject, type Json } from "@dots-payouts/openapi";
import { Refused } from "./outcome.ts";

/**
 * What Redocly's report in JSON comes to, in a few words.
 * @param folder the folder of the description, which places leave out
 * @throws Refused with the first error, where there is one
 */
export function lintReport(text: string, folder: string): string {
  const report: Json = JSON.parse(text.slice(text.indexOf("{")));
  const problems =
    isObject(report) && Array.isArray(report["problems"]) ? report["problems"].filter(isObject) : [];
  const errors = problems.filter((problem) => problem["severity"] === "error");
  const [first] = errors;
  if (first !== undefined) {
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
    const message = String(first["message"]).replaceAll(`${folder}/`, "").split("\n")[0] ?? "";
    throw new Refused(placeOf(first["location"] ?? null), `${message}${more}`);
  }
  const totals = isObject(report) && isObject(report["totals"]) ? report["totals"] : {};
  const warnings = Number(totals["warnings"] ?? problems.length);
  return warnings === 0 ? "" : `${warnings} warning${warnings === 1 ? "" : "s"}`;
}

function placeOf(locations: Json): string | undefined {
  const location = Array.isArray(locations) ? locations[0] : undefined;
  if (!isObject(location)) return undefined;
  const source = isObject(location["source"]) ? location["source"]["ref"] : undefined;
  return `${typeof source === "string" ? source : ""}${String(location["pointer"] ?? "")}`;
}
