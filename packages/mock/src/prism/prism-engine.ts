/** Prism as a library. It is bundled into its own file, so that nobody has to install Prism's dependencies. */
export { createLogger } from "@stoplight/prism-core";
export { createInstance, getHttpOperationsFromSpec, ProblemJsonError } from "@stoplight/prism-http";
