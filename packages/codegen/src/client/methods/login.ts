import {
  authorizationScheme,
  DocumentError,
  listOperations,
  type OpenApiDocument,
  type Operation,
  type SecurityScheme,
} from "@dots-payouts/openapi";

/** A header with credentials. */
interface LoginHeader {
  /** In lower case. */
  readonly header: string;
  /** The prefix of the credentials. */
  readonly prefix: string;
}

/** How a request authenticates. */
interface Login extends LoginHeader {
  /** How many credentials are needed: an ID and a key, a key, or none. */
  readonly takes: 0 | 1 | 2;
  /** The header of the ID, if it has its own. */
  readonly first?: LoginHeader;
}

/**
 * The client's authentication scheme as constants, so that a bundler can leave out the code for others.
 * @throws DocumentError if no single scheme works for all operations.
 */
export function login(document: OpenApiDocument): string {
  const { header, prefix, takes, first } = findLogin(document);
  const written = (one: LoginHeader, name: string): string =>
    `${JSON.stringify(one.header)}: ${JSON.stringify(one.prefix)} + ${name}`;
  return `/** How many credentials a request needs: an ID with a key, a key alone, or none. */
export const credentialsNeeded: 0 | 1 | 2 = ${takes};

/** The header for a key alone, with its name in lower case. */
export function loginHeader(key: string): Readonly<Record<string, string>> {
  return { ${written({ header, prefix }, "key")} };
}

/** Whether ID and key each have a header. Otherwise both are in one (RFC 7617). */
export const loginIsApart: boolean = ${first !== undefined};

/** The header for the ID, with its name in lower case, if it has its own. */
export function idHeader(id: string): Readonly<Record<string, string>> {
  return ${first === undefined ? "{ id }" : `{ ${written(first, "id")} }`};
}
`;
}

function findLogin(document: OpenApiDocument): Login {
  const guarded = listOperations(document).filter(({ security }) =>
    security.some((schemes) => schemes.length > 0),
  );
  const [first] = guarded;
  if (first === undefined) return { header: "authorization", prefix: "", takes: 0 };
  const ways = new Map(guarded.flatMap(waysOf).map((login) => [keyOf(login), login]));
  // Basic comes first, because it needs no other call.
  const sorted = [...ways.values()].sort((a, b) => b.takes - a.takes || b.prefix.length - a.prefix.length);
  const fitting = sorted.find((way) => guarded.every((operation) => lacks(operation, way) === undefined));
  if (fitting !== undefined) return fitting;
  // Missing or wrong credentials must be detected now, not by the first failing call.
  const [best] = sorted;
  const lacking = best === undefined ? first : (guarded.find((one) => lacks(one, best)) ?? first);
  const wanted = lacking.security.map((schemes) => schemes.map(nameOf).join(" with ")).join(", or ");
  throw new DocumentError(
    lacking.pointer,
    best === undefined
      ? `the client sends credentials in at most two headers, and this needs ${wanted}`
      : `the client authenticates in one way, ${describe(best)}, and this needs ${wanted}`,
  );
}

function lacks(operation: Operation, way: Login): Operation | undefined {
  const open = operation.security.some((schemes) => schemes.length === 0);
  const fits = waysOf(operation).some((other) => keyOf(other) === keyOf(way));
  return open || fits ? undefined : operation;
}

function waysOf({ security }: Operation): Login[] {
  return security.flatMap((schemes) => {
    const [first, second] = schemes.map(wayOf);
    if (schemes.length > 2 || first === undefined) return [];
    if (schemes.length === 1) return [first];
    // The description's order decides: the first one is the ID.
    const isPair =
      second !== undefined && first.takes === 1 && second.takes === 1 && first.header !== second.header;
    return isPair ? [{ ...second, takes: 2, first: { header: first.header, prefix: first.prefix } }] : [];
  });
}

function wayOf(wanted: SecurityScheme): Login | undefined {
  const scheme = authorizationScheme(wanted);
  // The caller has to get the token.
  if (scheme !== undefined) {
    return { header: "authorization", prefix: `${scheme} `, takes: scheme === "Basic" ? 2 : 1 };
  }
  const { type, node } = wanted;
  const name = node["name"];
  if (type !== "apiKey" || node["in"] !== "header" || typeof name !== "string") return undefined;
  return { header: name.toLowerCase(), prefix: "", takes: 1 };
}

/** Equal for the same headers, whatever their order. */
function keyOf({ takes, first, header, prefix }: Login): string {
  const headers = [
    ...(first === undefined ? [] : [`${first.header} ${first.prefix}`]),
    `${header} ${prefix}`,
  ];
  return [takes, ...headers.sort()].join("\n");
}

function describe({ first, ...login }: Login): string {
  return [...(first === undefined ? [] : [first]), login]
    .map(({ header, prefix }) => (prefix === "" ? `the header ${header}` : `HTTP ${prefix.trim()}`))
    .join(" with ");
}

function nameOf({ name, type, scheme, node }: SecurityScheme): string {
  if (type === "http") return `HTTP ${scheme ?? ""}`;
  return type === "apiKey" ? `${String(node["name"])} in ${String(node["in"])}` : name;
}
