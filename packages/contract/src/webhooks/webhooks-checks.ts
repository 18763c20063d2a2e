import { type Event, lifeCycleOf } from "@dots-payouts/openapi";
import type { Check } from "../checks/check.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { whyUnsendable } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { Delivery, Receiver } from "../suite/receiver.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { eventsOf } from "./events.ts";
import { expectKnown, expectRepeats, expectShape, expectSigned, expectSubject } from "./expect-deliveries.ts";
import { expectFired, firedBy } from "./expect-fired.ts";

/** What is checked of the deliveries as a whole is reported under this name. */
const ALL = "deliveries";

/** What the server delivers while everything else is checked: signatures, bodies, repeats, and whether it comes. */
export function webhooksChecks(suite: Suite): Check[] {
  const events = eventsOf(suite.spec.document);
  const [first] = events;
  if (first === undefined) return [];
  const { pointer } = first.request;
  return [
    ...suite.operations.flatMap((tested) => firedCheck(suite, tested)),
    about(ALL, "signed", "are signed with the secret of the endpoint, now", `${pointer}/parameters`, {
      expect: (_, receiver) => expectSigned(receiver, `${pointer}/parameters`),
    }),
    about(ALL, "known", "are about events that the spec has", "/webhooks", {
      expect: (context, receiver) => expectKnown(context, receiver, "/webhooks"),
    }),
    {
      ...about(ALL, "repeated", "come again where they were not taken, unchanged", `${pointer}/responses`, {
        expect: (_, receiver) => expectRepeats(receiver, `${pointer}/responses`),
      }),
      ...(suite.quick ? { unable: "to wait until a delivery is repeated takes too long for --quick" } : {}),
    },
    ...events.flatMap((event) => eventChecks(suite, event)),
  ];
}

function eventChecks(suite: Suite, event: Event): Check[] {
  const { id, pointer } = event.request;
  const shown = (expect: (context: Context, came: readonly Delivery[]) => Found): Expect => ({
    expect: (context, receiver) => expect(context, cameOf(receiver, event)),
    hindrance: (_, receiver) =>
      cameOf(receiver, event).length === 0 ? `no delivery of ${event.name} came in this run` : undefined,
  });
  const reads = suite.operations.some(
    ({ operation: { resource } }) => resource?.kind === event.about.kind && resource.does === "read",
  );
  return [
    about(
      id,
      "shape",
      `${event.name} has a body as the spec describes it`,
      `${pointer}/requestBody`,
      shown((context, came) => expectShape(context, event, came)),
    ),
    {
      ...about(
        id,
        "subject",
        `${event.name} is about a resource that there is`,
        `${pointer}/x-event`,
        shown((context, came) => expectSubject(context, event, came)),
      ),
      ...(reads ? {} : { unable: "the spec has no operation that reads what the event is about" }),
    },
  ];
}

/** The deliveries of one event, those that may be of another too among them. */
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
    id: `${operation}/webhooks/${part}`,
    operation,
    group: "webhooks",
    title,
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

/** Waits for what is still in progress. @returns why nothing can be said of the deliveries, if nothing can */
async function whySilent(receiver: Receiver): Promise<string | undefined> {
  await receiver.settled();
  return receiver.deliveries.length === 0
    ? `no delivery came: does the server know that it has to deliver to ${receiver.url}?`
    : undefined;
}

/** What an operation creates fires the events that the spec names (`x-states`), and so does what is done with it. */
function firedCheck(suite: Suite, tested: TestedOperation): Check[] {
  const role = tested.operation.resource;
  const cycle = role?.does === "create" ? lifeCycleOf(suite.spec.document, role.kind) : undefined;
  if (cycle === undefined || firedBy(cycle).length === 0) return [];
  const sent = tested.body?.smallest[0];
  const place = `${cycle.schema}/x-states`;
  const unable = whyUnsendable(suite, tested);
  return [
    {
      ...about(tested.operation.id, "fired", "fires the events that the spec names", place, {
        expect: (context, receiver) => expectFired(context, receiver, tested, cycle),
      }),
      creates: 1,
      ...(sent === undefined ? {} : { bodies: [sent] }),
      ...(unable === undefined ? {} : { unable }),
    },
  ];
}
