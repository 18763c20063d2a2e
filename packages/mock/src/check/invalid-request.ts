import { asReason } from "../schema/explain.ts";
import type { Finding } from "../schema/phrase.ts";
import { type Reason, Refusal } from "../wire/refusal.ts";

/** Reasons beyond these are only counted in the message. The list next to it has them all. */
const TOLD = 5;

/** The refusal of a request that breaks its schemas. */
export function invalidRequest(
  status: number,
  findings: readonly Finding[],
  toReason: (finding: Finding) => Reason = asReason,
): Refusal {
  const told = findings.slice(0, TOLD).map(({ text }) => text);
  const more = findings.length > told.length ? `; and ${findings.length - told.length} more` : "";
  const message = `The request is not valid: ${told.join("; ")}${more}.`;
  return new Refusal(status, message, findings.map(toReason));
}
