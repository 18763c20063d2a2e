import type { ApiCall, CallOptions, Dots } from "../../src/index.ts";

const PAYEE = { country_code: "1", phone_number: "2025550139" };

/** A way to move money. */
export interface Operation {
  readonly name: string;
  /** Whether the API keeps it from being carried out twice. */
  readonly keyed: boolean;
  readonly call: (dots: Dots, options: CallOptions) => ApiCall<{ id: string }>;
}

export const operations: readonly Operation[] = [
  {
    name: "createPayoutLink",
    keyed: true,
    call: (dots, options) => dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" } }, options),
  },
  {
    name: "sendPayout",
    keyed: true,
    call: (dots, options) => dots.payouts.send({ amount: 1000, payee: PAYEE }, options),
  },
  {
    name: "createPayoutRequest",
    keyed: false,
    call: (dots, options) => dots.payoutRequests.create({ amount: 1000, payee: PAYEE }, options),
  },
];
