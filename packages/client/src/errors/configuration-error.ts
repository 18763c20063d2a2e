import { DotsError } from "./dots-error.ts";

/** The client was set up in a way that cannot work, or a function that it was given failed. */
export class ConfigurationError extends DotsError {
  override readonly name = "ConfigurationError";
}
