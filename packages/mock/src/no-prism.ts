import type { Prism } from "./prism.ts";
import { refuse } from "./refusal.ts";

/** Stands in where Prism cannot run, and says so: an answer that looks right but is not would be worse than none. */
export const noPrism: Prism = {
  async answer(_request, wishes) {
    throw refuse(
      501,
      "prism",
      `${wishes === undefined ? "This request" : "A chosen answer (Prefer)"} is served by Prism, which does not run with MSW handlers. Start the mock as a server for it.`,
    );
  },
};
