import type { Core } from "../core.ts";
import { PLAN_FIELDS } from "../wishes/planned-answers.ts";
import type { Endpoint } from "./endpoint.ts";

/** Planned answers, for tests in any language. */
export function answerEndpoints(core: Core): readonly Endpoint[] {
  return [
    { method: "GET", path: "/answers", answer: ({ namespace }) => core.pending(namespace) },
    {
      method: "POST",
      path: "/answers",
      async answer({ json, namespace }) {
        const { times = 1, ...planned } = await json([...PLAN_FIELDS, "times"]);
        core.plan(planned, times, namespace);
        return core.pending(namespace);
      },
    },
    { method: "DELETE", path: "/answers", answer: ({ namespace }) => core.forgetPlans(namespace) },
  ];
}
