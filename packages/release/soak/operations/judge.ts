import { type Change, compareDocuments, type Impact } from "@dots-payouts/release";
import { asked, documentOf } from "./document.ts";
import { answersOf, isAnswered, requestsOf } from "./messages.ts";
import { type Model, meaning, type OperationPair } from "./model.ts";

export interface Judged {
  readonly impact: Impact | "none";
  readonly changes: readonly Change[];
  /** What shows that the two differ: a message that is valid for only one of them. */
  readonly seen: Seen;
  /** How our verdict is weaker than what messages show. */
  readonly weak: string | undefined;
  /** Why it is stricter than they show; `undefined` if it is not. */
  readonly strict: string | undefined;
}

interface Seen {
  readonly requests: { readonly lost: string | undefined; readonly gained: string | undefined };
  readonly answers: { readonly lost: string | undefined; readonly gained: string | undefined };
  /** Whether the two mean the same, however they are written. */
  readonly same: boolean;
}

/** Compares the verdict on two versions of an operation with what each says about messages of the other. */
export function judgeOperations(pair: OperationPair): Judged {
  const [{ event }] = pair.writing;
  const changes = compareDocuments(
    documentOf(pair.before, pair.writing[0]),
    documentOf(pair.after, pair.writing[1]),
  );
  const order: readonly Impact[] = ["breaking", "addition", "words"];
  const impact = order.find((one) => changes.some((change) => change.impact === one)) ?? "none";
  const seen = look(pair);
  return {
    impact,
    changes,
    seen,
    weak: shortfall(impact, seen, pair, event),
    strict: excess(impact, changes, seen, event),
  };
}

function look({ before, after, writing }: OperationPair): Seen {
  const [from, to] = writing;
  const { event } = from;
  const parameters = [...asked(before, from), ...asked(after, to)];
  const requests = (model: Model, other: Model): string | undefined =>
    requestsOf(model, parameters, event).find(({ fits }) => !fits(other))?.text;
  // For events, a failure also counts as one if it is not described.
  const answers = (model: Model, other: Model): string | undefined =>
    answersOf(model).find(
      ({ fits, status }) => !fits(other) && (!event || status < 300 || isAnswered(other, status)),
    )?.text;
  return {
    requests: { lost: requests(before, after), gained: requests(after, before) },
    answers: { lost: answers(before, after), gained: answers(after, before) },
    same: meaning(before, event) === meaning(after, event),
  };
}

/** Messages must stay valid for their receivers, and every other difference has to be reported. */
function shortfall(
  impact: Impact | "none",
  { requests, answers, same }: Seen,
  { before, after }: OperationPair,
  event: boolean,
): string | undefined {
  const harm = event ? answers.lost : requests.lost;
  if (harm !== undefined && impact !== "breaking") return `not breaking, though this is refused: ${harm}`;
  const isTold = impact === "breaking" || impact === "addition";
  const [shown] = [requests.lost, requests.gained, answers.lost, answers.gained].filter(
    (one) => one !== undefined,
  );
  if (shown !== undefined && !isTold) return `not told, though it is new, or gone: ${shown}`;
  if (!same && impact === "none") return `not told, though something differs`;
  const isOdd = JSON.stringify(before.odd) !== JSON.stringify(after.odd) && hasPlace(before, after);
  if (isOdd && impact !== "breaking") return "not breaking, though an extension that nobody knows differs";
  return undefined;
}

/** Whether both have the object with the extension. */
function hasPlace(before: Model, after: Model): boolean {
  return [before, after].every(({ odd, body }) => odd?.at !== "body" || body !== undefined);
}

/** A verdict that reports a difference although both mean the same: it is wrong. */
export const NOTHING_DIFFERS = "nothing differs";

export const UNSHOWN = "no message shows it";

/** Why a verdict may be stricter than what messages show. */
const REASONS: readonly { readonly says: RegExp; readonly reason: string }[] = [
  { says: /idempotency key/, reason: "an idempotency key is another" },
  { says: /in a way that no rule covers/, reason: "an extension, or a way of writing that no value shows" },
  { says: /first server/i, reason: "another server is the first one: clients use it by default" },
  { says: /response is (new|no longer described)/, reason: "a success is new or gone" },
  { says: /is gone\.$/, reason: "a property or header is gone: code that reads it no longer compiles" },
  {
    says: /is no longer `|no longer accepts `/,
    reason: "a value is gone: code that compares with it no longer compiles",
  },
  { says: /is no longer (application|text)\//, reason: "a media type is gone" },
  { says: / is new, and | is new\.$/, reason: "a property or header is new" },
  { says: /is now (required|optional)\.$/, reason: "something is required or not: types say so" },
  {
    says: /parameter .* (changes its type|describes its items differently)/,
    reason: "a parameter has another type: code that sends it no longer compiles",
  },
  { says: /no longer accepts|now requires/, reason: "credentials are others" },
];

function excess(
  impact: Impact | "none",
  changes: readonly Change[],
  { requests, answers, same }: Seen,
  event: boolean,
): string | undefined {
  if (same) return impact === "none" ? undefined : NOTHING_DIFFERS;
  const broken = event
    ? answers.lost !== undefined || requests.gained !== undefined
    : requests.lost !== undefined || answers.gained !== undefined;
  const any = [requests.lost, requests.gained, answers.lost, answers.gained].some((one) => one !== undefined);
  if (impact === "breaking" ? broken : any || impact !== "addition") return undefined;
  const worst = changes.filter((change) => change.impact === impact);
  return REASONS.find(({ says }) => worst.some(({ text }) => says.test(text)))?.reason ?? UNSHOWN;
}
