import { isObject, type Json } from "@dots-payouts/openapi";
import type { Report } from "./model.ts";

/** A report in which each cause is marked that an earlier report has too, with the same promises. */
export function markKnown(report: Report, earlier: Json): Report {
  const known = brokenIn(earlier);
  const causesOf = new Map(
    report.checks.map(({ id, detail = [] }) => [id, detail.map(({ cause }) => cause)]),
  );
  return {
    ...report,
    causes: report.causes.map((found) => ({
      ...found,
      known: found.checks.every(
        (id) => causesOf.get(id)?.every((cause) => known.has(`${id} ${cause}`)) === true,
      ),
    })),
  };
}

/** What a report in JSON says is broken: the check and the cause. */
function brokenIn(report: Json): ReadonlySet<string> {
  const checks = isObject(report) && Array.isArray(report["checks"]) ? report["checks"] : [];
  return new Set(
    checks.flatMap((check) => {
      if (!isObject(check)) return [];
      const details = Array.isArray(check["detail"]) ? check["detail"] : [];
      return details.flatMap((detail) => (isObject(detail) ? [`${check["id"]} ${detail["cause"]}`] : []));
    }),
  );
}

/** Whether a JSON is a report of this suite. */
export function isReport(json: Json): boolean {
  return isObject(json) && Array.isArray(json["checks"]) && Array.isArray(json["causes"]);
}
