const CALLS = ["payouts.send", "payoutLinks.create", "payoutRequests.create"] as const;

/** Rows of all calls, with and without keys. */
export function rowsFor(people: number) {
  return Array.from({ length: people }, (_, n) => ({
    id: `invoice-${n}`,
    call: CALLS[n % CALLS.length] ?? "payouts.send",
    body: { amount: 100 + n, payee: { country_code: "1", phone_number: `555${String(n).padStart(7, "0")}` } },
  }));
}
