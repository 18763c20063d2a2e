import type { Core } from "../core.ts";
import { PLAN_FIELDS } from "../wishes/planned-answers.ts";
import type { Endpoint } from "./endpoint.ts";

/** Planned answers, for tests in any language. */
export function answerEndpoints(core: Core): readonly Endpoint[] {
  return [
    { method: "GET", path: "/answers", answer: () => core.pending },
    {
      method: "POST",
      path: "/answers",
      async answer({ json }) {
        const { times = 1, ...planned } = await json([...PLAN_FIELDS, "times"]);
        core.plan(planned, times);
        return core.pending;
      },
    },
    { method: "DELETE", path: "/answers", answer: () => core.forgetPlans() },
  ];
}
