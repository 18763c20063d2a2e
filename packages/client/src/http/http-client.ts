import type { Client, ClientPathsWithMethod, FetchResponse, MaybeOptionalInit } from "openapi-fetch";
import type { paths } from "../generated/schema.ts";
import type { Sent } from "../runtime/api-call.ts";

type PathClient = Client<paths>;
type Verb = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";

/** What openapi-fetch takes, beside the options of a call. */
type Init<Own> = undefined extends Own ? [(Own & Extra)?] : [Own & Extra];
interface Extra {
  readonly [option: string]: unknown;
}

type Answer<Called, Own> =
  Called extends Record<string | number, unknown> ? FetchResponse<Called, Own, `${string}/${string}`> : never;

type Method<Name extends Verb> = <
  Path extends ClientPathsWithMethod<PathClient, Name>,
  Own extends MaybeOptionalInit<paths[Path], Name>,
>(
  url: Path,
  ...init: Init<Own>
) => Promise<Answer<paths[Path][Name], Own> & Sent>;

/** An openapi-fetch client whose results also say how they were sent: with which key, when first, how often. */
export interface HttpClient extends Pick<PathClient, "use" | "eject"> {
  request: <
    Name extends Verb,
    Path extends ClientPathsWithMethod<PathClient, Name>,
    Own extends MaybeOptionalInit<paths[Path], Name>,
  >(
    method: Name,
    url: Path,
    ...init: Init<Own>
  ) => Promise<Answer<paths[Path][Name], Own> & Sent>;
  GET: Method<"get">;
  PUT: Method<"put">;
  POST: Method<"post">;
  DELETE: Method<"delete">;
  OPTIONS: Method<"options">;
  HEAD: Method<"head">;
  PATCH: Method<"patch">;
  TRACE: Method<"trace">;
}
