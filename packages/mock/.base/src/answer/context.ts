import type { Clock } from "../clock/clock.ts";
import type { Fired } from "../life/fired.ts";
import type { World } from "../life/plan-move.ts";
import type { Prism } from "../prism/prism.ts";
import type { FreshValues } from "../sample/fresh-values.ts";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import type { Store, Warn } from "../store/store.ts";
import type { Reason } from "../wire/refusal.ts";
import type { Plan, PlannedAnswers } from "../wishes/planned-answers.ts";
import type { Credentials } from "./credentials.ts";

/** What the answers depend on besides the request. */
export interface Context {
  readonly spec: ServedSpec;
  readonly prism: Prism;
  readonly store: Store;
  readonly fresh: FreshValues;
  readonly clock: Clock;
  /** What moves of resources need. */
  world(): World;
  /** Tells of events. */
  fire(fired: readonly Fired[]): void;
  /** Whether anybody hears of events; working them out costs time. */
  isHeard(): boolean;
  /** Whether a request that is odd is refused. */
  readonly strict: boolean;
  readonly credentials: Credentials | undefined;
  readonly planned: PlannedAnswers;
}

/** Looks into something, and tells what is odd about it. */
export type Suspicion = (warn: Warn) => void;

/** What has been learnt of a request so far, also of one that is refused in the end. */
export interface Progress {
  compiled?: CompiledOperation;
  /** The text of the body. */
  body?: string;
  plan?: Plan;
  /** What is odd about a request that was carried out all the same. */
  warnings?: readonly Reason[];
  /** What may be odd, to be looked into when somebody wants to know. */
  suspicions?: Suspicion[];
  /** Whether the answer is the first one for its key, again. */
  replayed?: boolean;
}
