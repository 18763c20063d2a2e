import { randomUUID } from "node:crypto";
import { getAt, type Json } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectCreated, expectSuccess, isMade } from "../expectations/expect-answer.ts";
import {
  brokenResource,
  type Created,
  expectChange,
  expectRead,
  expectRemoval,
} from "../expectations/expect-resource.ts";
import { isAnswer, parseJson } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { Check } from "./check.ts";
import { findListed } from "./find-listed.ts";

/** What an operation creates is read, listed, changed and removed by those that the spec relates to it (`x-resource`). */
export function resourcesChecks(suite: Suite, creator: TestedOperation): Check[] {
  const role = creator.operation.resource;
  if (role?.does !== "create") return [];
  return suite.operations
    .filter(({ operation }) => operation.resource?.kind === role.kind)
    .flatMap((tested) => checksOf(suite, creator, tested));
}

function checksOf(suite: Suite, creator: TestedOperation, tested: TestedOperation): Check[] {
  const role = tested.operation.resource;
  const sent = creator.body?.smallest[0];
  const check = (
    title: string,
    run: (context: Context, created: Created) => Promise<BrokenPromise[]>,
  ): Check => ({
    id: `${creator.operation.id}/resources/${tested.operation.id}`,
    operation: creator.operation.id,
    group: "resources",
    title,
    place: `${tested.operation.pointer}/x-resource`,
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
          expectRead(context, creator, tested, created),
        ),
        unknownCheck(suite, creator, tested, role.by),
      ];
    case "list":
      return [
        check("is listed once it was created", async (context, { id, resource, exchange }) => {
          const { listed, exchanges } = await findListed(context, tested, role, id, resource);
          const broken = exchanges.flatMap((page) => expectSuccess(tested, page));
          if (broken.length > 0 || listed !== false) return broken;
          return [
            brokenResource(tested, "a new resource is not listed", `what was created is listed`, [
              exchange,
              ...exchanges,
            ]),
          ];
        }),
      ];
    case "change":
      return [
        check("is changed, and stays changed", (context, created) =>
          expectChange(context, creator, tested, created),
        ),
      ];
    case "remove":
      return [
        check("is gone once it was removed", (context, created) => expectRemoval(context, tested, created)),
      ];
    default:
      return [];
  }
}

/** Creates a resource. What is wrong with the answer itself ends the check. */
async function create(
  context: Context,
  creator: TestedOperation,
  body: Json | undefined,
): Promise<Created | BrokenPromise[]> {
  const role = creator.operation.resource;
  const sent = body === undefined ? undefined : creator.body?.fresh(body);
  const exchange = await context.server.send(makeRequest(context.suite, creator, sent));
  const broken = expectCreated(context, creator, exchange, sent);
  if (!isMade(creator, exchange) || !isAnswer(exchange.outcome) || role?.does !== "create") return broken;
  const resource = parseJson(exchange.outcome.body) ?? null;
  const id = getAt(resource, role.id);
  if (typeof id === "string" || typeof id === "number") return { id: String(id), resource, sent, exchange };
  return [
    brokenResource(creator, "a new resource has no ID", `a new resource has an ID at ${role.id}`, [exchange]),
  ];
}

function unknownCheck(suite: Suite, creator: TestedOperation, tested: TestedOperation, by: string): Check {
  return {
    id: `${creator.operation.id}/resources/${tested.operation.id}-unknown`,
    operation: creator.operation.id,
    group: "resources",
    title: "is not found by an ID that belongs to none",
    place: `${tested.operation.pointer}/x-resource`,
    creates: 0,
    async run(context) {
      const exchange = await context.server.send(
        makeRequest(suite, tested, undefined, { [by]: randomUUID() }),
      );
      if (isAnswer(exchange.outcome) && exchange.outcome.status === 404) return [];
      const cause = "an ID that belongs to no resource is not answered with 404";
      return [
        brokenResource(tested, cause, "an ID that belongs to no resource is answered with 404", [exchange]),
      ];
    },
  };
}
