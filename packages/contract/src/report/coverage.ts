import type { Result } from "../run/result.ts";
import { allRules } from "../schema/rules.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";

/** A rule of the spec, and whether the run has tested it. */
export interface RuleCoverage {
  /** The `operationId`. */
  readonly operation: string;
  /** `request`, or the status of the answer as in the spec. */
  readonly side: string;
  /** JSON Pointer to the property; empty for the whole body. */
  readonly property: string;
  /** The keyword of the schema, or `status` for the answer itself. */
  readonly keyword: string;
  /** JSON Pointer into the spec. */
  readonly place: string;
  /** Whether the run has tested it. */
  readonly exercised: boolean;
  /** Why it was not exercised. */
  readonly reason?: string;
}

/**
 * Which rules a run has tested: those of a request if a body broke them, those of an answer if one had the property.
 */
export function coverRules(suite: Suite, results: readonly Result[]): RuleCoverage[] {
  // Operations that were not selected are not gaps.
  const asked = new Set(results.map(({ check }) => check.operation));
  const operations = suite.operations.filter(({ operation }) => asked.has(operation.id));
  return operations.flatMap((tested) => [
    ...coverRequest(suite, tested, results),
    ...coverAnswers(suite, tested),
  ]);
}

function coverRequest(
  suite: Suite,
  { operation, body }: TestedOperation,
  results: readonly Result[],
): RuleCoverage[] {
  if (body === undefined) return [];
  const own = results.filter(({ check }) => check.operation === operation.id);
  const broken = new Set(
    own.flatMap(({ check, unable }) => (unable === undefined ? (check.rules ?? []) : [])),
  );
  const held = new Map(
    own.flatMap(({ check, unable }) =>
      unable === undefined ? [] : (check.rules ?? []).map((place): [string, string] => [place, unable]),
    ),
  );
  return allRules(suite.spec.document, body.schema).map(({ at, keyword, place }) => ({
    operation: operation.id,
    side: "request",
    property: at,
    keyword,
    place,
    exercised: broken.has(place),
    ...(broken.has(place) ? {} : { reason: held.get(place) ?? "no request in this run breaks it" }),
  }));
}

function coverAnswers(suite: Suite, { operation, answered }: TestedOperation): RuleCoverage[] {
  return operation.responses.flatMap((response) => {
    const seen = answered.get(response.status);
    const missing = /^5/.test(response.status)
      ? "no request is meant to make a server fail, and none did"
      : "no answer had this status";
    const status = {
      operation: operation.id,
      side: response.status,
      property: "",
      keyword: "status",
      place: response.pointer,
      exercised: seen !== undefined,
      ...(seen === undefined ? { reason: missing } : {}),
    };
    const rules = response.content.flatMap(({ schema }) =>
      schema === undefined ? [] : allRules(suite.spec.document, schema),
    );
    return [
      status,
      ...rules.map(({ at, keyword, place }) => {
        const exercised = seen?.has(place) === true;
        const reason = seen === undefined ? missing : "no answer had this property";
        return {
          operation: operation.id,
          side: response.status,
          property: at,
          keyword,
          place,
          exercised,
          ...(exercised ? {} : { reason }),
        };
      }),
    ];
  });
}
