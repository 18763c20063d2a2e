import { flag, whole } from "../checked-values.ts";
import { MockError } from "../mock-error.ts";
import { Refusal } from "../wire/refusal.ts";
import type { Delivery } from "./delivery.ts";
import type { Receivers } from "./receivers.ts";
import type { Webhooks } from "./webhooks.ts";

/** The events of a mock, for a test that receives them. */
export interface MockWebhooks {
  /** The last deliveries with their attempts, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Sends a delivery again, with the same `svix-id`. @throws MockError if there is none with this ID. */
  sendAgain(id: string): Promise<Delivery>;
  /** Holds back events from now on. */
  hold(): void;
  /**
   * Sends the events that were held back.
   * @param reversed whether the newest comes first @default false
   * @param times how often each is sent @default 1
   */
  release(options?: { readonly reversed?: boolean; readonly times?: number }): void;
  /** Waits until no delivery is in progress. One that failed and waits for its next attempt is not. */
  settled(): Promise<void>;
}

/** @param isWanted which namespaces' deliveries are shown @default all */
export function mockWebhooks(
  webhooks: Webhooks,
  receivers: Receivers,
  isWanted?: (namespace: string) => boolean,
): MockWebhooks {
  const some = (): Webhooks => {
    if (!receivers.areThere) throw new MockError("There is no event receiver: webhookUrl is not set.");
    return webhooks;
  };
  return {
    get deliveries() {
      return webhooks.list(isWanted);
    },
    async sendAgain(id) {
      try {
        return await some().sendAgain(id);
      } catch (error) {
        throw error instanceof Refusal ? new MockError(error.message) : error;
      }
    },
    hold: () => some().hold(),
    release({ reversed = false, times = 1 } = {}) {
      some().release(flag("reversed", reversed), whole("times", times, 1, 100));
    },
    settled: async () => webhooks.settled(),
  };
}
