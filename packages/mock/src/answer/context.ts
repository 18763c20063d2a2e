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
import type { Credentials } from "./credentials.ts";
import type { KeyedRequest } from "./key-warnings.ts";
import type { Namespaces } from "./namespaces.ts";

/** What the answers depend on besides the request. */
export interface Context {
  readonly spec: ServedSpec;
  readonly prism: Prism;
  readonly store: Store;
  readonly fresh: FreshValues;
  readonly clock: Clock;
  /** What moves of resources need. */
  world(): World;
  /** Makes moves of a resource in a while, by itself, as far as its states allow them. */
  moveLater(id: string, moves: readonly string[]): void;
  readonly events: Events;
  readonly namespaces: Namespaces;
  /** Whether a request that is odd is refused. */
  readonly strict: boolean;
  readonly credentials: Credentials | undefined;
  readonly planned: PlannedAnswers;
}

/** What has been learnt of a request so far, also of one that is refused in the end. */
export interface Progress {
  compiled?: CompiledOperation;
  /** Whose request it is, once that is known. */
  namespace?: string;
  /** The text of the body. */
  body?: string;
  plan?: Plan;
  /** What is odd about a request that was carried out all the same. */
  warnings?: readonly Reason[];
  /** The request as one that may have something odd about it, to be looked into when somebody wants to know. */
  keyed?: KeyedRequest;
  /** Why it was refused, where the answer to that is documented and no `Refusal`. */
  reasons?: readonly Reason[];
  /** Whether the answer is the first one for its key, again. */
  replayed?: boolean;
}
