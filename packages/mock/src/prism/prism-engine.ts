/** Prism as a library. It is built into its own file, so that nobody has to install what Prism brings. */
export { createLogger } from "@stoplight/prism-core";
export { createInstance, getHttpOperationsFromSpec, ProblemJsonError } from "@stoplight/prism-http";
