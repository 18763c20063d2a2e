import { getAt, isObject, memoizeByObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { pascalCase } from "../../text/names.ts";
import { operationsOf } from "../document/operations-of.ts";

/** Types that the generated source and the client's public door call by these names already. */
const TAKEN = [
  ...["ApiCall", "ApiResult", "Call", "CallOptions", "ClientOptions", "Credential", "Dots", "DotsOptions"],
  ...[
    "Environments",
    "ErrorBody",
    "Hooks",
    "KeyedCallOptions",
    "NonNullable",
    "Outcome",
    "Partial",
    "Record",
  ],
  ...["RequestEvent", "Resources", "ResponseEvent", "RetryEvent", "Server", "Validation", "Violation"],
  ...["AbortError", "ApiError", "BadRequestError", "ConfigurationError", "ConflictError", "ConnectionError"],
  ...[
    "DeadlineError",
    "DotsError",
    "ForbiddenError",
    "InvalidRequestError",
    "NotFoundError",
    "RateLimitError",
  ],
  ...["ServerError", "TimeoutError", "UnauthorizedError", "UnprocessableError", "UnreadableAnswerError"],
];

/**
 * The name of the type of each component schema. One that is taken gets a `_` at its end; a schema whose name can stay
 * as it is goes first.
 */
export const typeNames: (document: OpenApiDocument) => ReadonlyMap<string, string> =
  memoizeByObject(nameTypes);

function nameTypes(document: OpenApiDocument): ReadonlyMap<string, string> {
  const schemas = getAt(document, "/components/schemas");
  const taken = new Set([
    ...TAKEN,
    ...operationsOf(document).map(({ client = "" }) => interfaceName(client)),
  ]);
  const names = new Map<string, string>();
  const all = Object.keys(isObject(schemas) ? schemas : {});
  const stays = (name: string): boolean => name === pascalCase(name);
  for (const name of [...all.filter(stays), ...all.filter((other) => !stays(other))]) {
    let type = pascalCase(name);
    while (taken.has(type)) type += "_";
    taken.add(type);
    names.set(name, type);
  }
  return names;
}

/** The name of a resource's interface. @param client `resource.method`, or the resource alone */
export function interfaceName(client: string): string {
  return `${pascalCase(client.split(".")[0] ?? "")}Resource`;
}
