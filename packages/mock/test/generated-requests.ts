import fc from "fast-check";

/** A value in which anything may be wrong. */
export type Body = fc.JsonValue;

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const phone = { country_code: text, phone_number: text };
const person = fc.record({ first_name: text, last_name: text, email: text, ...phone }, { requiredKeys: [] });
const amount = fc.integer({ min: 1, max: 1_000_000_000 });
const metadata = fc.oneof(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()));
const steps = [
  "compliance",
  "id-verification",
  "background-check",
  "manage-payments",
  "manage-payouts",
  "payout",
  "redirect",
  "pdf-form-fill",
];
const terms = {
  force_collect_compliance_information: some(fc.boolean()),
  additional_steps: some(fc.array(fc.constantFrom(...steps), { maxLength: 4 })),
  tax_exempt: some(fc.boolean()),
  metadata: some(metadata),
  memo: some(text),
  idempotency_key: some(fc.option(fc.uuid())),
  payout_fee_party: some(fc.constantFrom("user", "platform", null)),
};

/** The parameters of each path, without rules between fields, so these are sometimes broken. */
const BODIES: Readonly<Record<string, fc.Arbitrary<object>>> = {
  "/v2/payout-links": fc.record({
    amount,
    user_id: some(fc.uuid()),
    payee: some(person),
    delivery: some(
      fc.record(
        { message: text, method: fc.constantFrom("sms", "link", "email", "all") },
        { requiredKeys: [] },
      ),
    ),
    ...terms,
  }),
  "/v2/payouts/send-payout": fc.record({
    amount,
    user_id: some(fc.uuid()),
    payee: some(fc.record(phone)),
    delivery: some(fc.record({ message: text }, { requiredKeys: [] })),
    ...terms,
  }),
  "/v2/payout-requests": fc.record({
    amount,
    user_id: some(fc.uuid()),
    payee: some(fc.record(phone)),
    metadata: some(metadata),
    memo: some(text),
  }),
};

export const PATHS = Object.keys(BODIES);

/** Bodies for a path: most of them nearly valid, some with one to three faults, a few random. */
export function bodies(path: string): fc.Arbitrary<Body> {
  const right = (BODIES[path] ?? fc.object()).map(asJson);
  const faults = fc.array(fc.tuple(fc.nat(), wrongValue), { minLength: 1, maxLength: 3 });
  const broken = fc.tuple(right, faults).map(([body, list]) => list.reduce<Body>(breakAt, body));
  return fc.oneof(
    { weight: 4, arbitrary: right },
    { weight: 5, arbitrary: broken },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
}

const wrongValue = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(0, -1, 0.5, 1e15, "", "1", null, true, [], {}),
);

/** Sets or removes a value at one of a body's places. */
function breakAt(body: Body, [choice, value]: readonly [number, Body | undefined]): Body {
  const places = placesIn(body);
  const place = places[choice % places.length];
  return place === undefined ? (value ?? null) : replaced(body, place, value);
}

function placesIn(body: Body): string[][] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return [];
  return Object.entries(body).flatMap(([key, child]) => [
    [key],
    ...placesIn(child ?? null).map((rest) => [key, ...rest]),
  ]);
}

function replaced(body: Body, [key, ...rest]: readonly string[], value: Body | undefined): Body {
  if (typeof body !== "object" || body === null || Array.isArray(body) || key === undefined)
    return value ?? null;
  const others = Object.entries(body).filter(([name]) => name !== key);
  const child = rest.length > 0 ? replaced(body[key] ?? null, rest, value) : value;
  return asJson(Object.fromEntries(child === undefined ? others : [...others, [key, child]]));
}

function asJson(value: object): Body {
  return JSON.parse(JSON.stringify(value));
}
