import type { Credentials } from "../caller/credentials.ts";
import type { Namespaces } from "../caller/namespaces.ts";
import type { Clock } from "../clock/clock.ts";
import type { Events } from "../life/events.ts";
import type { World } from "../life/plan-move.ts";
import type { Prism } from "../prism/prism.ts";
import type { FreshValues } from "../sample/fresh-values.ts";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import type { Store } from "../store/store.ts";
import type { Reason } from "../wire/refusal.ts";
import type { Plan, PlannedAnswers } from "../wishes/planned-answers.ts";
import type { KeyedRequest } from "./key-warnings.ts";

/** What the answers depend on besides the request. */
export interface Context {
  readonly spec: ServedSpec;
  readonly prism: Prism;
  readonly store: Store;
  readonly fresh: FreshValues;
  readonly clock: Clock;
  /** What is needed to make moves of resources. */
  world(): World;
  /** Makes moves of a resource automatically after a while, as far as its states allow. */
  moveLater(id: string, moves: readonly string[]): void;
  readonly events: Events;
  readonly namespaces: Namespaces;
  /** Whether suspicious requests are refused. */
  readonly strict: boolean;
  readonly credentials: Credentials | undefined;
  readonly planned: PlannedAnswers;
}

/** What is known about a request so far, even if it is refused in the end. */
export interface Progress {
  compiled?: CompiledOperation;
  /** Whose request it is, once that is known. */
  namespace?: string;
  /** The text of the body. */
  body?: string;
  plan?: Plan;
  /** Warnings about a request that was still carried out. */
  warnings?: readonly Reason[];
  /** The request, kept to look for warnings when somebody reads them. */
  keyed?: KeyedRequest;
  /** Why it was refused, if the answer is a documented one instead of a `Refusal`. */
  reasons?: readonly Reason[];
  /** Whether the answer repeats the first one for its key. */
  replayed?: boolean;
}
