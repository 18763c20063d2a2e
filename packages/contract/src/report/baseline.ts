import { isObject, type Json } from "@dots-payouts/openapi";
import type { Report } from "./model.ts";

/** A report in which each cause is marked that an earlier report has too, in the same operations. */
export function markKnown(report: Report, earlier: Json): Report {
  const known = causesIn(earlier);
  return {
    ...report,
    causes: report.causes.map((found) => ({
      ...found,
      known: found.operations.every((operation) => known.has(`${operation} ${found.cause}`)),
    })),
  };
}

/** The causes of a report in JSON, each with its operation. */
function causesIn(report: Json): ReadonlySet<string> {
  const causes = isObject(report) && Array.isArray(report["causes"]) ? report["causes"] : [];
  return new Set(
    causes.flatMap((found) => {
      const operations = isObject(found) && Array.isArray(found["operations"]) ? found["operations"] : [];
      return operations.map((operation) => `${operation} ${isObject(found) ? found["cause"] : ""}`);
    }),
  );
}

/** Whether a JSON is a report of this suite. */
export function isReport(json: Json): boolean {
  return isObject(json) && Array.isArray(json["checks"]) && Array.isArray(json["causes"]);
}
