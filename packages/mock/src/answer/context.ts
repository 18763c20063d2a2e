import type { Prism } from "../prism/prism.ts";
import type { FreshValues } from "../sample/fresh-values.ts";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { Api } from "../spec/served-spec.ts";
import type { Store } from "../store/store.ts";
import type { PlannedAnswer, PlannedAnswers } from "../wishes/planned-answers.ts";
import type { Credentials } from "./credentials.ts";

/** What the answers depend on besides the request. */
export interface Backing {
  readonly api: Api;
  readonly prism: Prism;
  readonly store: Store;
  readonly fresh: FreshValues;
  readonly credentials: Credentials | undefined;
  readonly planned: PlannedAnswers;
}

/** What was learnt of a request on the way to its answer; filled in as far as it came. */
export interface Trace {
  operation?: string;
  /** The operation that refuses the request, if it does. */
  refusedBy?: CompiledOperation;
  body?: string;
  /** Ordered in advance for this request. */
  planned?: PlannedAnswer;
}
