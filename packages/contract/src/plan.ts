import type { Check, Suite } from "./check.ts";
import { acceptsChecks } from "./checks/accepts.ts";
import { answersChecks } from "./checks/answers.ts";
import { authenticatesChecks } from "./checks/authenticates.ts";
import { idempotencyChecks } from "./checks/idempotency.ts";
import { refusesChecks } from "./checks/refuses.ts";
import { resourcesChecks } from "./checks/resources.ts";
import { survivesChecks } from "./checks/survives.ts";
import type { Subject } from "./subject.ts";
import { type Candidate, listCandidates } from "./values/candidates.ts";

/** All checks, in a stable order. Pure: nothing is sent. */
export function planChecks(suite: Suite): Check[] {
  return unique(
    suite.subjects.flatMap((subject) => {
      const candidates = candidatesOf(subject);
      return [
        ...(needsResource(subject)
          ? []
          : [
              ...acceptsChecks(suite, subject, candidates),
              ...answersChecks(suite, subject),
              ...idempotencyChecks(suite, subject),
            ]),
        ...refusesChecks(suite, subject, candidates),
        ...authenticatesChecks(suite, subject),
        ...resourcesChecks(suite, subject),
        ...survivesChecks(suite, subject),
      ];
    }),
  );
}

/** Whether the operation takes the ID of a resource, which has to be created first. */
function needsResource({ operation }: Subject): boolean {
  return operation.resource !== undefined && "by" in operation.resource;
}

function candidatesOf({ body }: Subject): Candidate[] {
  if (body === undefined) return [];
  return listCandidates({ fields: body.fields, bases: body.smallest, faults: (value) => body.faults(value) });
}

/** Gives checks whose IDs are alike a number each. */
function unique(checks: readonly Check[]): Check[] {
  const count = new Map<string, number>();
  return checks.map((check) => {
    const before = count.get(check.id) ?? 0;
    count.set(check.id, before + 1);
    return before === 0 ? check : { ...check, id: `${check.id}-${before + 1}` };
  });
}
