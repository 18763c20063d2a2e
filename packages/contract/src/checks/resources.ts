import { randomUUID } from "node:crypto";
import { getAt, type Json } from "@dots-payouts/openapi";
import type { Check, Context, Violation } from "../check.ts";
import { isAnswer, parseJson } from "../http/request.ts";
import { judgeCreation, judgeSuccess } from "../judge/judge-answer.ts";
import { type Created, judgeChange, judgeRead, judgeRemoval, violation } from "../judge/judge-resource.ts";
import { message } from "../requests/make-request.ts";
import type { Subject } from "../suite/subject.ts";
import type { Suite } from "../suite/suite.ts";
import { findListed } from "./find-listed.ts";

/** What an operation creates is read, listed, changed and removed by those that the spec relates to it (`x-resource`). */
export function resourcesChecks(suite: Suite, creator: Subject): Check[] {
  const role = creator.operation.resource;
  if (role?.does !== "create") return [];
  return suite.subjects
    .filter(({ operation }) => operation.resource?.kind === role.kind)
    .flatMap((subject) => checksOf(suite, creator, subject));
}

function checksOf(suite: Suite, creator: Subject, subject: Subject): Check[] {
  const role = subject.operation.resource;
  const sent = creator.body?.smallest[0];
  const check = (
    title: string,
    run: (context: Context, created: Created) => Promise<Violation[]>,
  ): Check => ({
    id: `${creator.operation.id}/resources/${subject.operation.id}`,
    operation: creator.operation.id,
    group: "resources",
    title,
    place: `${subject.operation.pointer}/x-resource`,
    creates: 1,
    ...(sent === undefined ? {} : { bodies: [sent] }),
    async run(context) {
      const created = await create(context, creator, sent);
      return Array.isArray(created) ? created : run(context, created);
    },
  });
  switch (role?.does) {
    case "read":
      return [
        check("is read as it was created", async (context, created) =>
          judgeRead(context, creator, subject, created),
        ),
        unknownCheck(suite, creator, subject, role.by),
      ];
    case "list":
      return [
        check("is listed once it was created", async (context, { id, resource, exchange }) => {
          const { listed, exchanges } = await findListed(context, subject, role, id, resource);
          const broken = exchanges.flatMap((page) => judgeSuccess(subject, page));
          if (broken.length > 0 || listed !== false) return broken;
          return [
            violation(subject, "a new resource is not listed", `what was created is listed`, [
              exchange,
              ...exchanges,
            ]),
          ];
        }),
      ];
    case "change":
      return [
        check("is changed, and stays changed", (context, created) =>
          judgeChange(context, creator, subject, created),
        ),
      ];
    case "remove":
      return [
        check("is gone once it was removed", (context, created) => judgeRemoval(context, subject, created)),
      ];
    default:
      return [];
  }
}

/** Creates a resource. What is wrong with the answer itself ends the check. */
async function create(
  context: Context,
  creator: Subject,
  body: Json | undefined,
): Promise<Created | Violation[]> {
  const role = creator.operation.resource;
  const sent = body === undefined ? undefined : creator.body?.fresh(body);
  const exchange = await context.server.send(message(context.suite, creator, sent));
  const broken = judgeCreation(context, creator, exchange, sent);
  if (broken.length > 0 || !isAnswer(exchange.outcome) || role?.does !== "create") return broken;
  const resource = parseJson(exchange.outcome.body) ?? null;
  const id = getAt(resource, role.id);
  if (typeof id === "string" || typeof id === "number") return { id: String(id), resource, sent, exchange };
  return [
    violation(creator, "a new resource has no ID", `a new resource has an ID at ${role.id}`, [exchange]),
  ];
}

function unknownCheck(suite: Suite, creator: Subject, subject: Subject, by: string): Check {
  return {
    id: `${creator.operation.id}/resources/${subject.operation.id}-unknown`,
    operation: creator.operation.id,
    group: "resources",
    title: "is not found by an ID that belongs to none",
    place: `${subject.operation.pointer}/x-resource`,
    creates: 0,
    async run(context) {
      const exchange = await context.server.send(message(suite, subject, undefined, { [by]: randomUUID() }));
      if (isAnswer(exchange.outcome) && exchange.outcome.status === 404) return [];
      const cause = "an ID that belongs to no resource is not answered with 404";
      return [
        violation(subject, cause, "an ID that belongs to no resource is answered with 404", [exchange]),
      ];
    },
  };
}
