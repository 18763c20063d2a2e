import type { JournalEntry } from "../store/journal-entry.ts";
import type { MockAnswer } from "../wire/answer.ts";
import type { Reason, Refusal } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import { type CredentialPlaces, shownHeaders, shownTarget } from "./masking.ts";

/** How a request was handled. */
export interface Handling {
  readonly operation: string | undefined;
  /** Whose request it is, if known. @default nobody's */
  readonly namespace?: string | undefined;
  /** The text of the request's body. */
  readonly body: string | undefined;
  readonly reasons: readonly Reason[];
  /** Its warnings. @default none */
  readonly warnings?: readonly Reason[] | undefined;
  /** Finds further warnings when somebody reads them. @default none */
  readonly keyed?: { look(warn: (warning: Reason) => void): void } | undefined;
  /** Whether the answer repeats the first one for its key. @default false */
  readonly replayed?: boolean | undefined;
  /** Where credentials have to be masked. */
  readonly places: CredentialPlaces;
}

/** Characters kept of a body; longer ones are cut, so that the journal's memory stays bounded. */
const LONGEST_BODY = 16_384;

const NONE: readonly Reason[] = [];

/**
 * A request in the journal. Its entry is created on demand: most are never read, and masking and formatting would cost
 * each request as much as validating it.
 */
export class NotedRequest {
  /** Its number, once it is in the journal. */
  id = 0;
  /** Whose it is, if known. */
  readonly namespace: string | undefined;
  readonly #ended = Date.now();
  readonly #duration: number;
  readonly #method: string;
  readonly #target: string;
  readonly #headers: MockRequest["headers"];
  readonly #body: string;
  readonly #answer: MockAnswer;
  readonly #answerBody: string;
  readonly #operation: string | undefined;
  readonly #reasons: readonly Reason[];
  readonly #warnings: readonly Reason[];
  #keyed: Handling["keyed"];
  readonly #replayed: boolean;
  readonly #places: CredentialPlaces;
  #entry: JournalEntry | undefined;

  /** @param started when the request came in, by `performance.now()` */
  constructor(request: MockRequest, answer: MockAnswer, started: number, handling: Handling) {
    this.namespace = handling.namespace;
    this.#duration = performance.now() - started;
    // The request itself is not kept: it would keep its connection alive.
    this.#method = request.method;
    this.#target = request.target;
    this.#headers = request.headers;
    this.#body = shortened(handling.body ?? "");
    this.#answer = answer.body.length > LONGEST_BODY ? { ...answer, body: "" } : answer;
    this.#answerBody = shortened(answer.body);
    this.#operation = handling.operation;
    this.#reasons = handling.reasons;
    this.#warnings = handling.warnings ?? NONE;
    this.#keyed = handling.keyed;
    this.#replayed = handling.replayed ?? false;
    this.#places = handling.places;
  }

  get entry(): JournalEntry {
    if (this.#entry?.id !== this.id) this.#entry = { ...(this.#entry ?? this.#describe()), id: this.id };
    return this.#entry;
  }

  /** Puts a refusal in place of the answer. */
  amend(refusal: Refusal): void {
    const { status, headers, body } = refusal.toAnswer();
    const { reasons } = refusal;
    this.#entry = { ...this.entry, status, reasons, fault: undefined, answer: { headers, body } };
  }

  #allWarnings(): readonly Reason[] {
    if (this.#keyed === undefined) return this.#warnings;
    const all = [...this.#warnings];
    this.#keyed.look((warning) => all.push(warning));
    return all;
  }

  #describe(): JournalEntry {
    const { status, headers, fault } = this.#answer;
    return {
      id: this.id,
      time: new Date(this.#ended - this.#duration).toISOString(),
      duration: this.#duration,
      method: this.#method,
      path: shownTarget(this.#target, this.#places),
      operation: this.#operation,
      headers: shownHeaders(this.#headers, this.#places),
      body: this.#body,
      status,
      reasons: this.#reasons,
      warnings: this.#allWarnings(),
      replayed: this.#replayed,
      fault,
      answer: { headers: shownHeaders(headers, this.#places), body: this.#answerBody },
    };
  }
}

/**
 * The beginning of a long text. It is copied, because a substring keeps the whole string alive, and the journal would
 * hold a thousand megabytes to show a few.
 */
function shortened(text: string): string {
  if (text.length <= LONGEST_BODY) return text;
  return `${new TextDecoder().decode(new TextEncoder().encode(text.slice(0, LONGEST_BODY)))}…`;
}
