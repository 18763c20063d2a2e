import { type Event, lifeCycleOf } from "@dots-payouts/openapi";
import { type Check, named } from "../checks/check.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { whyUnsendable } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { Delivery, Receiver } from "../suite/receiver.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { eventsOf } from "./events.ts";
import { expectKnown, expectRepeats, expectShape, expectSigned, expectSubject } from "./expect-deliveries.ts";
import { expectFired, firedBy } from "./expect-fired.ts";

/** Checks of all deliveries together are reported under this name. */
const ALL = "deliveries";

/** Checks of what the server delivers during the run: signatures, bodies, repeats, and whether it arrives. */
export function webhooksChecks(suite: Suite): Check[] {
  const events = eventsOf(suite.spec.document);
  const [first] = events;
  if (first === undefined) return [];
  const { pointer } = first.request;
  return [
    ...suite.operations.flatMap((tested) => firedCheck(suite, tested)),
    about(ALL, "signed", "are signed with the endpoint's secret, and recent", `${pointer}/parameters`, {
      expect: (_, receiver) => expectSigned(receiver, `${pointer}/parameters`),
    }),
    about(ALL, "known", "are about events in the spec", "/webhooks", {
      expect: (context, receiver) => expectKnown(context, receiver, "/webhooks"),
    }),
    {
      ...about(ALL, "repeated", "are repeated unchanged if they were not accepted", `${pointer}/responses`, {
        expect: (_, receiver) => expectRepeats(receiver, `${pointer}/responses`),
      }),
      ...(suite.quick ? { unable: "waiting for a repeated delivery takes too long for --quick" } : {}),
    },
    ...events.flatMap((event) => eventChecks(suite, event)),
  ];
}

function eventChecks(suite: Suite, event: Event): Check[] {
  const { id, pointer } = event.request;
  const shown = (expect: (context: Context, came: readonly Delivery[]) => Found): Expect => ({
    expect: (context, receiver) => expect(context, cameOf(receiver, event)),
    hindrance: (_, receiver) =>
      cameOf(receiver, event).length === 0 ? `no delivery of ${event.name} arrived in this run` : undefined,
  });
  const reads = suite.operations.some(
    ({ operation: { resource } }) => resource?.kind === event.about.kind && resource.does === "read",
  );
  return [
    about(
      id,
      "shape",
      `${event.name} has a body that matches the spec`,
      `${pointer}/requestBody`,
      shown((context, came) => expectShape(context, event, came)),
    ),
    {
      ...about(
        id,
        "subject",
        `${event.name} is about an existing resource`,
        `${pointer}/x-event`,
        shown((context, came) => expectSubject(context, event, came)),
      ),
      ...(reads ? {} : { unable: "the spec has no operation that reads what the event is about" }),
    },
  ];
}

/** The deliveries of one event, including ambiguous ones. */
function cameOf({ deliveries }: Receiver, { name }: Event): Delivery[] {
  return deliveries.filter(({ events }) => events.some((event) => event.name === name));
}

type Found = readonly BrokenPromise[] | Promise<readonly BrokenPromise[]>;

interface Expect {
  expect(context: Context, receiver: Receiver): Found;
  hindrance?(context: Context, receiver: Receiver): string | undefined;
}

function about(
  operation: string,
  part: string,
  title: string,
  place: string,
  { expect, hindrance }: Expect,
): Check {
  return {
    ...named(operation, "webhooks", part, title),
    place,
    creates: 0,
    phase: "last",
    hindrance: async (context) => {
      const { receiver } = context;
      if (receiver === undefined) return "no deliveries are received";
      return (await whySilent(receiver)) ?? hindrance?.(context, receiver);
    },
    run: async (context) => (context.receiver === undefined ? [] : expect(context, context.receiver)),
  };
}

/** Waits for pending deliveries. @returns why the deliveries cannot be checked, if they can't */
async function whySilent(receiver: Receiver): Promise<string | undefined> {
  await receiver.settled();
  return receiver.deliveries.length === 0
    ? `no delivery arrived: is the server configured to deliver to ${receiver.url}?`
    : undefined;
}

/** What an operation creates fires the documented events (`x-states`), and so do changes to it. */
function firedCheck(suite: Suite, tested: TestedOperation): Check[] {
  const role = tested.operation.resource;
  const cycle = role?.does === "create" ? lifeCycleOf(suite.spec.document, role.kind) : undefined;
  if (cycle === undefined || firedBy(cycle).length === 0) return [];
  const sent = tested.body?.smallest[0];
  const place = `${cycle.schema}/x-states`;
  const unable = whyUnsendable(suite, tested);
  return [
    {
      ...about(tested.operation.id, "fired", "fires the documented events", place, {
        expect: (context, receiver) => expectFired(context, receiver, tested, cycle),
      }),
      creates: 1,
      ...(sent === undefined ? {} : { bodies: [sent] }),
      ...(unable === undefined ? {} : { unable }),
    },
  ];
}
