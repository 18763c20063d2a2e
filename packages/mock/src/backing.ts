import type { Api } from "./api.ts";
import type { CompiledOperation } from "./compiled-operation.ts";
import type { Credentials } from "./credentials.ts";
import type { FreshValues } from "./fresh-values.ts";
import type { PlannedAnswer, PlannedAnswers } from "./planned-answers.ts";
import type { Prism } from "./prism.ts";
import type { Store } from "./store.ts";

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
