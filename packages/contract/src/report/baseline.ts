import { isObject, type Json } from "@dots-payouts/openapi";
import type { Report } from "./model.ts";

/**
 * Marks each cause in a report that an earlier report has too. For every operation, the earlier one must have the
 * shortest symptom of the cause, whatever it was joined with there.
 */
export function markKnown(report: Report, earlier: Json): Report {
  const known = causesIn(earlier);
  return {
    ...report,
    causes: report.causes.map((found) => ({
      ...found,
      known: found.operations.every((operation) => {
        const first = found.fingerprints.find((one) => one.startsWith(`${operation} `));
        return first !== undefined && known.has(first);
      }),
    })),
  };
}

/** The fingerprints of the causes of a JSON report. */
function causesIn(report: Json): ReadonlySet<string> {
  const causes = isObject(report) && Array.isArray(report["causes"]) ? report["causes"] : [];
  return new Set(
    causes.flatMap((found) => {
      const fingerprints = isObject(found) ? found["fingerprints"] : undefined;
      return Array.isArray(fingerprints) ? fingerprints.map(String) : [];
    }),
  );
}

/** Whether a JSON value is a report of this suite. */
export function isReport(json: Json): boolean {
  return isObject(json) && Array.isArray(json["checks"]) && Array.isArray(json["causes"]);
}
