import { randomUUID } from "node:crypto";
import type { Lists } from "@dots-payouts/openapi";
import type { Check } from "../checks/check.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectRefusal } from "../expectations/expect-refusal.ts";
import { expectRefusedWith } from "../expectations/expect-resource.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { createResource } from "./create-resource.ts";
import type { MakeCheck } from "./make-check.ts";
import { limitsOf } from "./page-limits.ts";
import { backward, forward, RESOURCES } from "./page-walks.ts";
import { cursorOf, cursorValue, fetchPage } from "./walk-pages.ts";

/** The pages of a list: forward, backward, and from unknown cursors. */
export function pagesChecks(
  { spec: { document } }: Suite,
  creator: TestedOperation,
  lister: TestedOperation,
  role: Lists,
  check: MakeCheck,
): Check[] {
  const { after, before, bothCursors, unknownCursor } = role.page;
  if (after === undefined) return [];
  const around = (id: string, title: string, creates: number, run: Check["run"]): Check =>
    check(`pages-${id}`, title, creates, run);
  const unknown = (direction: "after" | "before") => (context: Context) =>
    expectUnknown(context, lister, role, direction);
  return [
    around(
      "forward",
      "is paged to the last page, while others create: nothing twice, nothing missing",
      2 * RESOURCES,
      (context) => forward(context, creator, lister, role),
    ),
    ...(before === undefined
      ? []
      : [
          around("backward", "is paged back to the first page in the same order", RESOURCES, (context) =>
            backward(context, creator, lister, role),
          ),
        ]),
    ...(before === undefined || bothCursors === undefined
      ? []
      : [
          around("both", "refuses two cursors at once", 1, (context) =>
            expectBoth(context, creator, lister, role),
          ),
        ]),
    ...(unknownCursor === undefined
      ? []
      : [around("unknown-after", "refuses an unknown cursor", 0, unknown("after"))]),
    ...(unknownCursor === undefined || before === undefined
      ? []
      : [around("unknown-before", "refuses an unknown backward cursor", 0, unknown("before"))]),
    ...limitsOf(document, lister, role).map(({ keyword, value, place }) =>
      around(`limit-${keyword}`, `refuses a limit of ${value}`, 0, async (context) => {
        const { exchange } = await fetchPage(context, lister, { [role.page.limit ?? ""]: String(value) });
        return expectRefusal(lister, exchange, { words: `the limit respects its ${keyword}`, place, at: "" });
      }),
    ),
  ];
}

async function expectBoth(
  context: Context,
  creator: TestedOperation,
  lister: TestedOperation,
  role: Lists,
): Promise<readonly BrokenPromise[]> {
  const creation = await createResource(context, creator);
  if ("broken" in creation) return creation.broken;
  const { resource } = creation.made;
  const { exchange } = await fetchPage(context, lister, {
    ...cursorValue(role.page, "after", cursorOf(role, "after", resource)),
    ...cursorValue(role.page, "before", cursorOf(role, "before", resource)),
  });
  const place = `${lister.operation.pointer}/x-resource/page/bothCursors`;
  return expectRefusedWith(lister, exchange, role.page.bothCursors, "two cursors at once", place);
}

async function expectUnknown(
  context: Context,
  lister: TestedOperation,
  role: Lists,
  direction: "after" | "before",
): Promise<readonly BrokenPromise[]> {
  const { exchange } = await fetchPage(context, lister, cursorValue(role.page, direction, randomUUID()));
  const place = `${lister.operation.pointer}/x-resource/page/unknownCursor`;
  return expectRefusedWith(lister, exchange, role.page.unknownCursor, "an unknown cursor", place);
}
