import { randomUUID } from "node:crypto";
import { lifeCycleOf } from "@dots-payouts/openapi";
import { type Check, named } from "../checks/check.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectSuccess } from "../expectations/expect-answer.ts";
import {
  brokenResource,
  type Created,
  expectChange,
  expectRead,
  expectRemoval,
  sendBy,
} from "../expectations/expect-resource.ts";
import { isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { changesChecks } from "./changes-checks.ts";
import { createResource } from "./create-resource.ts";
import { findListed } from "./find-listed.ts";
import type { MakeCheck } from "./make-check.ts";
import { pagesChecks } from "./pages-checks.ts";
import { expectStates } from "./states-check.ts";

/**
 * What an operation creates is read, listed, changed and removed by the operations that the spec relates to it
 * (`x-resource`).
 */
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
  const check: MakeCheck = (id, title, creates, run) => ({
    ...named(creator.operation.id, "resources", `${tested.operation.id}${id === "" ? "" : `-${id}`}`, title),
    place: `${tested.operation.pointer}/x-resource`,
    creates,
    ...(sent === undefined ? {} : { bodies: [sent] }),
    run,
  });
  const created = (
    title: string,
    run: (context: Context, made: Created) => Promise<BrokenPromise[]>,
  ): Check =>
    check("", title, 1, async (context) => {
      const creation = await createResource(context, creator);
      return "broken" in creation ? creation.broken : run(context, creation.made);
    });
  switch (role?.does) {
    case "read": {
      const cycle = lifeCycleOf(suite.spec.document, role.kind);
      return [
        created("is read as it was created", (context, made) => expectRead(context, creator, tested, made)),
        unknownCheck(tested, check),
        ...(cycle === undefined
          ? []
          : [
              check("states", "starts in a documented state, and makes only documented moves", 1, (context) =>
                expectStates(context, creator, tested, cycle),
              ),
            ]),
      ];
    }
    case "list":
      return [
        created("is listed after it was created", async (context, { id, resource, exchange }) => {
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
        ...pagesChecks(suite, creator, tested, role, check),
      ];
    case "change":
      return [
        created("is changed, and stays changed", (context, made) =>
          expectChange(context, creator, tested, made),
        ),
        ...(tested.body === undefined
          ? [unknownCheck(tested, check), ...changesChecks(suite, creator, tested, role, check)]
          : []),
      ];
    case "remove":
      return [
        created("is gone after it was removed", (context, made) => expectRemoval(context, tested, made)),
      ];
    default:
      return [];
  }
}

/** Doing nothing is promised; the documented refusals say with which status. */
function unknownCheck(tested: TestedOperation, check: MakeCheck): Check {
  return check("unknown", "is not found by an unknown ID", 0, async (context) => {
    const exchange = await sendBy(context, tested, randomUUID());
    const { outcome } = exchange;
    if (isAnswer(outcome) && outcome.status === 404) return [];
    const cause = "an ID that belongs to no resource is not answered with 404";
    const broken = brokenResource(tested, cause, "an ID that belongs to no resource is answered with 404", [
      exchange,
    ]);
    const isRefused = isAnswer(outcome) && outcome.status >= 400 && outcome.status < 500;
    return [
      { ...broken, place: isRefused ? (tested.documented(404)?.pointer ?? broken.place) : broken.place },
    ];
  });
}
