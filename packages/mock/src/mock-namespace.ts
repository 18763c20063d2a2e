import { httpUrl } from "./checked-values.ts";
import type { Core } from "./core.ts";
import type { KnownResource } from "./life/known-resource.ts";
import type { JournalEntry } from "./store/journal-entry.ts";
import { type EventShape, shapeOf } from "./webhooks/event-bodies.ts";
import { type MockWebhooks, mockWebhooks } from "./webhooks/mock-webhooks.ts";
import type { Receivers } from "./webhooks/receivers.ts";
import { requireSecret } from "./webhooks/send-event.ts";
import type { Webhooks } from "./webhooks/webhooks.ts";
import type { PendingAnswer, PlannedAnswer } from "./wishes/planned-answers.ts";

/** Everything that belongs to one client ID and app, so that tests can share one mock in parallel. */
export interface MockNamespace {
  /** Its last requests with what happened to them, oldest first. */
  readonly requests: readonly JournalEntry[];
  /** Plans how its next requests are answered. @throws MockError for an answer that HTTP cannot carry. */
  respondNext(answer: PlannedAnswer, times?: number): void;
  /** Its planned answers that no request has used yet. */
  readonly pending: readonly PendingAnswer[];
  /** Its resources, with the moves that each can make. */
  resources(): Promise<readonly KnownResource[]>;
  /** The events of its resources. */
  readonly webhooks: MockWebhooks;
  /** Sends its events to its own receiver. @throws MockError for an invalid URL or secret. */
  tellEventsTo(url: string, secret: string, shape?: EventShape): void;
  /** Forgets its keys, resources, requests, planned answers and deliveries, and nobody else's. */
  reset(): Promise<void>;
}

interface Parts {
  readonly core: Core;
  readonly webhooks: Webhooks;
  readonly receivers: Receivers;
}

/** @param headers the headers of its requests that name its app */
export function mockNamespace(
  { core, webhooks, receivers }: Parts,
  client: string,
  headers: Readonly<Record<string, string>>,
): MockNamespace {
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const namespace = core.namespaceOf(client, Object.fromEntries(lowerCase));
  const isWanted = core.isIn(namespace);
  return {
    get requests() {
      return core.journal.entriesOf(namespace);
    },
    respondNext: (answer, times = 1) => core.plan(answer, times, namespace),
    get pending() {
      return core.pending(namespace);
    },
    resources: () => core.resources(namespace),
    webhooks: mockWebhooks(webhooks, receivers, isWanted),
    tellEventsTo(url, secret, shape = "published") {
      const receiver = {
        url: httpUrl("url", url),
        secret: requireSecret(secret),
        shape: shapeOf("shape", shape),
      };
      receivers.name(namespace, receiver);
    },
    async reset() {
      webhooks.clear(isWanted);
      await core.reset(namespace);
    },
  };
}
