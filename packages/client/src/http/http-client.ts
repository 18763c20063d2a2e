import type { Client, ClientPathsWithMethod, FetchResponse, MaybeOptionalInit } from "openapi-fetch";
import type { paths } from "../generated/schema.ts";
import type { Sent } from "../runtime/api-call.ts";

/** The openapi-fetch client for the paths of the description. */
type PathClient = Client<paths>;
/** The methods of HTTP, as a description writes them. */
type Verb = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";

/** What openapi-fetch accepts besides the options of a call. */
type Init<Own> = undefined extends Own ? [(Own & Extra)?] : [Own & Extra];
/** Options that openapi-fetch passes on to `fetch`. */
interface Extra {
  /** Any option of `fetch`. */
  readonly [option: string]: unknown;
}

/** The result of a request by path, as openapi-fetch types it. */
type Answer<Called, Own> =
  Called extends Record<string | number, unknown> ? FetchResponse<Called, Own, `${string}/${string}`> : never;

/** Sends a request with one method, to a path of the description. */
type Method<Name extends Verb> = <
  Path extends ClientPathsWithMethod<PathClient, Name>,
  Own extends MaybeOptionalInit<paths[Path], Name>,
>(
  url: Path,
  ...init: Init<Own>
) => Promise<Answer<paths[Path][Name], Own> & Sent>;

/**
 * An openapi-fetch client whose results also include the key, the time it was first sent, and the number of attempts.
 */
export interface HttpClient extends Pick<PathClient, "use" | "eject"> {
  /** Sends a request with any method. */
  request: <
    Name extends Verb,
    Path extends ClientPathsWithMethod<PathClient, Name>,
    Own extends MaybeOptionalInit<paths[Path], Name>,
  >(
    method: Name,
    url: Path,
    ...init: Init<Own>
  ) => Promise<Answer<paths[Path][Name], Own> & Sent>;
  /** Sends a GET request. */
  GET: Method<"get">;
  /** Sends a PUT request. */
  PUT: Method<"put">;
  /** Sends a POST request. */
  POST: Method<"post">;
  /** Sends a DELETE request. */
  DELETE: Method<"delete">;
  /** Sends an OPTIONS request. */
  OPTIONS: Method<"options">;
  /** Sends a HEAD request. */
  HEAD: Method<"head">;
  /** Sends a PATCH request. */
  PATCH: Method<"patch">;
  /** Sends a TRACE request. */
  TRACE: Method<"trace">;
}
