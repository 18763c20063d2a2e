import { memoizeByObject } from "@dots-payouts/openapi";
import { acceptsChecks } from "../checks/accepts.ts";
import { answersChecks } from "../checks/answers.ts";
import { authenticatesChecks } from "../checks/authenticates.ts";
import type { Check } from "../checks/check.ts";
import { refusesChecks } from "../checks/refuses.ts";
import { refusesParameters } from "../checks/refuses-parameters.ts";
import { survivesChecks } from "../checks/survives.ts";
import { idempotencyChecks } from "../idempotency/idempotency-checks.ts";
import { resourcesChecks } from "../life/resources-checks.ts";
import { whyUnsendable } from "../requests/make-request.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedBody } from "../suite/tested-body.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { listCandidates } from "../values/candidates.ts";
import { type Selection, wantedOperations } from "./select.ts";

/**
 * All checks, in a stable order. Pure: nothing is sent.
 * @param selection leave out operations of which it selects nothing: to plan takes a while for a large spec
 */
export function planChecks(suite: Suite, selection: Selection = {}): Check[] {
  const wanted = wantedOperations(
    suite.operations.map(({ operation }) => operation.id),
    selection,
  );
  const operations = suite.operations.filter(({ operation }) => wanted.has(operation.id));
  return unique(
    operations.flatMap((tested) => {
      const candidates = tested.body === undefined ? [] : candidatesFor(tested.body);
      // An operation that takes a resource's ID cannot be tested before the resource exists.
      const alone = needsResource(tested)
        ? []
        : [
            ...acceptsChecks(suite, tested, candidates),
            ...answersChecks(suite, tested),
            ...idempotencyChecks(suite, tested, candidates),
          ];
      const checks = [
        ...alone,
        ...refusesChecks(suite, tested, candidates),
        ...refusesParameters(suite, tested),
        ...authenticatesChecks(suite, tested),
        ...resourcesChecks(suite, tested),
        ...survivesChecks(suite, tested),
      ];
      const unable = whyUnsendable(suite, tested);
      if (unable !== undefined) return checks.map((check) => ({ ...check, unable }));
      const hindrance = whyUnsuccessful(tested);
      return checks.map((check) => withoutRefusal(tested, withoutSuccess(check, hindrance)));
    }),
  );
}

/** Whether the operation takes the ID of a resource, which must be created first. */
function needsResource({ operation }: TestedOperation): boolean {
  return operation.resource !== undefined && "by" in operation.resource;
}

/** Whether the operation is about something that must already exist, but the spec does not say what. */
function nowhere({ operation }: TestedOperation): boolean {
  return operation.parameters.some(
    (parameter) => parameter.in === "path" && parameter.node["example"] === undefined,
  );
}

/** Why no request to an operation is certain to succeed. */
function whyUnsuccessful(tested: TestedOperation): string | undefined {
  if (tested.successes.length === 0) return "the spec documents no success";
  return nowhere(tested)
    ? "the spec has no example for a path parameter, so no existing value is known"
    : undefined;
}

/** A check for an operation where no request can succeed. */
function withoutSuccess(check: Check, unable: string | undefined): Check {
  const needed = ["accepts", "answers", "idempotency"].includes(check.group);
  return needed && unable !== undefined ? { ...check, unable } : check;
}

/** A check for a request whose refusal the spec does not document. */
function withoutRefusal({ documented }: TestedOperation, check: Check): Check {
  const { id, group } = check;
  const isAuthorization = id.endsWith("/answers/unauthorized") || group === "authenticates";
  if (isAuthorization && !id.endsWith("/secret") && documented(401) === undefined) {
    return { ...check, unable: "the spec does not document a 401 here" };
  }
  const isRefusal = id.endsWith("/answers/refusal") || group === "refuses";
  if (isRefusal && [400, 422].every((status) => documented(status) === undefined)) {
    return { ...check, unable: "the spec documents neither a 400 nor a 422 here" };
  }
  return check;
}

/** Bodies that each test one thing. They are the same in each run. */
const candidatesFor = memoizeByObject((body: TestedBody) =>
  listCandidates({
    fields: body.fields,
    bases: body.smallest,
    unknown: body.isForm ? "x" : { a: [1, null] },
    errors: (value) => body.errors(value),
  }).filter((candidate) => body.isClear(candidate.body)),
);

/** Numbers checks with the same ID. */
function unique(checks: readonly Check[]): Check[] {
  const count = new Map<string, number>();
  return checks.map((check) => {
    const before = count.get(check.id) ?? 0;
    count.set(check.id, before + 1);
    return before === 0 ? check : { ...check, id: `${check.id}-${before + 1}` };
  });
}
