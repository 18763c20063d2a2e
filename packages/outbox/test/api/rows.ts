/** A row of a call without a key. */
export function request(n: number, amount = 1_000) {
  return { ...person(n, amount), call: "payoutRequests.create" } as const;
}

export function person(n: number, amount = 1_000) {
  return {
    id: `invoice-${n}`,
    call: "payouts.send",
    body: { amount, payee: { country_code: "1", phone_number: `20255501${String(n).padStart(2, "0")}` } },
  } as const;
}
