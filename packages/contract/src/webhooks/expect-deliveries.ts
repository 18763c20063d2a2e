import { type Event, essence, isJson, isSameJson } from "@dots-payouts/openapi";
import type { BrokenPromise, Severity } from "../expectations/broken-promise.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { Delivery, Receiver } from "../suite/receiver.ts";
import { accountsOf } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { bodyErrors, idIn, nameIn } from "./events.ts";

/** How many resources are read per event to check that they exist. */
const READ = 20;

/** A receiver only accepts a delivery if it is signed with the secret, for this body, and recently. */
export function expectSigned({ deliveries }: Receiver, place: string): BrokenPromise[] {
  return once(
    deliveries.flatMap((delivery) => {
      const { problem: cause } = delivery;
      const expected = "each delivery is signed with the endpoint's secret";
      return cause === undefined ? [] : [broken("security", cause, expected, place, delivery)];
    }),
  );
}

/** A delivery is about an event in the spec. */
export function expectKnown({ suite }: Context, { deliveries }: Receiver, place: string): BrokenPromise[] {
  return once(
    deliveries.flatMap((delivery) => {
      if (delivery.body === undefined || delivery.events.length > 0) return [];
      const name = nameIn(suite, delivery.body);
      const expected = "each delivery is about an event in the spec";
      if (name === undefined) {
        const cause = "a delivery without an event name matches no event";
        return [broken("data", cause, expected, place, delivery)];
      }
      const cause = `the spec has no event ${name}`;
      const assumption = "The API may have more events than the spec, and a receiver accepts them.";
      return [{ ...broken("data", cause, expected, place, delivery), assumption }];
    }),
  );
}

/**
 * A delivery that was not accepted is repeated unchanged, with the same ID, which distinguishes a repeat from a new
 * event.
 */
export function expectRepeats({ deliveries, refused }: Receiver, place: string): BrokenPromise[] {
  const byId = Map.groupBy(deliveries, ({ id }) => id);
  const changed = [...byId].flatMap(([id, [first, ...others]]) => {
    if (id === undefined || first === undefined) return [];
    const other = others.find(({ body }) => !isSameJson(body ?? null, first.body ?? null));
    if (other === undefined) return [];
    const cause = "a repeated delivery has a different body";
    const expected = `a delivery with the ID of an earlier one has the same body, which was ${first.text}`;
    return [broken("data", cause, expected, place, other)];
  });
  const id = refused();
  const [first, ...again] = deliveries.filter((delivery) => id !== undefined && delivery.id === id);
  if (first === undefined || again.length > 0) return once(changed);
  const cause = "a delivery that was answered with 500 is not repeated";
  const expected = "a delivery that was not answered with 2xx is repeated with the same ID";
  const assumption =
    "The spec does not say how soon a delivery is repeated. The run waits as long as --webhook-wait says.";
  return once([...changed, { ...broken("data", cause, expected, place, first), assumption }]);
}

/** The body of an event matches the spec. */
export function expectShape({ suite }: Context, event: Event, came: readonly Delivery[]): BrokenPromise[] {
  const { name, request } = event;
  const mayBreakFormat = suite.operations[0]?.mayBreakFormat;
  return once(
    came.flatMap((delivery): BrokenPromise[] => {
      const type = essence(delivery.contentType);
      if (!isJson(type)) {
        const cause = `a delivery of ${name} has ${type === "" ? "no content type" : `content type ${type}`}`;
        const expected = "a delivery has the content type of JSON";
        return [broken("form", cause, expected, `${request.pointer}/requestBody/content`, delivery)];
      }
      return bodyErrors(suite, event, delivery.body ?? null).map((error) => {
        const where = error.about === "" ? "the body" : error.about;
        const cause = `a delivery of ${name} does not match its schema: ${where} ${error.message}`;
        const isOpen = error.keyword === "format" && mayBreakFormat !== undefined;
        return {
          ...broken("data", cause, `${where} of ${name} ${error.message}`, error.place, delivery),
          ...(error.missing === undefined ? {} : { name: error.missing }),
          ...(isOpen ? { assumption: mayBreakFormat } : {}),
        };
      });
    }),
  );
}

/** An event is about an existing resource (`x-event`). */
export async function expectSubject(
  context: Context,
  event: Event,
  came: readonly Delivery[],
): Promise<BrokenPromise[]> {
  const place = `${event.request.pointer}/x-event`;
  const expected = `${event.name} has the ID of a resource, at ${event.about.id.join(" or ")}`;
  const named = new Map<string, Delivery>();
  for (const delivery of came) {
    const id = idIn(event, delivery.body ?? null);
    if (id === undefined)
      return [broken("data", `a delivery of ${event.name} has no resource ID`, expected, place, delivery)];
    named.set(id, delivery);
  }
  const reader = context.suite.operations.find(
    ({ operation: { resource } }) => resource?.kind === event.about.kind && resource.does === "read",
  );
  const made = new Set(context.created.all().map(({ id }) => id));
  const unknown = [...named].filter(([id]) => !made.has(id)).slice(0, READ);
  if (reader === undefined || isRemovable(context, event.about.kind)) return [];
  const found: BrokenPromise[] = [];
  for (const [id, delivery] of unknown) {
    const missing = await readInVain(context, reader, id);
    if (missing === undefined) continue;
    const cause = `a delivery of ${event.name} has the ID of a resource that does not exist`;
    found.push({ ...broken("data", cause, expected, place, delivery), exchanges: [missing] });
  }
  return once(found);
}

/** The request that did not find a resource, whichever account it was sent for; `undefined` if one did. */
async function readInVain(
  { suite, server }: Context,
  reader: TestedOperation,
  id: string,
): Promise<Exchange | undefined> {
  const role = reader.operation.resource;
  const by = role !== undefined && "by" in role ? role.by : "";
  let missing: Exchange | undefined;
  for (const credentials of accountsOf(suite)) {
    const exchange = await server.send(
      makeRequest({ ...suite, credentials }, reader, undefined, { [by]: id }),
    );
    if (!isAnswer(exchange.outcome) || exchange.outcome.status !== 404) return undefined;
    missing ??= exchange;
  }
  return missing;
}

/** Whether resources of a kind may be gone by the time they are looked up. */
function isRemovable({ suite }: Context, kind: string): boolean {
  return suite.operations.some(
    ({ operation: { resource } }) => resource?.kind === kind && resource.does === "remove",
  );
}

function broken(
  severity: Severity,
  cause: string,
  expected: string,
  place: string,
  { text }: Delivery,
): BrokenPromise {
  return { severity, cause, expected, place, received: text, exchanges: [] };
}

/** Each cause once, with the first delivery that shows it: all deliveries of a run may have the same fault. */
function once(found: readonly BrokenPromise[]): BrokenPromise[] {
  return [...Map.groupBy(found, ({ cause }) => cause).values()].flatMap(([first]) => first ?? []);
}
