import {
  authorizationScheme,
  DocumentError,
  type OpenApiDocument,
  type Operation,
  type SecurityScheme,
} from "@dots-payouts/openapi";
import { operationsOf } from "../document/operations-of.ts";

/** How a request shows who sends it. */
interface Login {
  /** In lower case. */
  readonly header: string;
  /** What is before the credentials. */
  readonly prefix: string;
  /** How many credentials go into it: an ID and a key, a key, or none. */
  readonly takes: 0 | 1 | 2;
}

/**
 * The one way in which the client logs in, as constants: a bundler then leaves out what the others would need.
 * @throws DocumentError if no single one will do for all operations.
 */
export function login(document: OpenApiDocument): string {
  const { header, prefix, takes } = findLogin(document);
  return `/** How many credentials log in: an ID with a key (RFC 7617), a key alone, or none at all. */
export const credentialsNeeded: 0 | 1 | 2 = ${takes};

/** The header, its name in lower case, that a key alone logs in with. */
export function loginHeader(key: string): Readonly<Record<string, string>> {
  return { ${JSON.stringify(header)}: ${JSON.stringify(prefix)} + key };
}
`;
}

function findLogin(document: OpenApiDocument): Login {
  const guarded = operationsOf(document).filter(({ security }) => security.length > 0);
  const [first] = guarded;
  if (first === undefined) return { header: "authorization", prefix: "", takes: 0 };
  const ways = new Map(guarded.flatMap(waysOf).map((login) => [JSON.stringify(login), login]));
  // Basic goes first, since it is the one that needs no other call.
  const sorted = [...ways.values()].sort((a, b) => b.takes - a.takes || b.prefix.length - a.prefix.length);
  const fitting = sorted.find((way) => guarded.every((operation) => lacks(operation, way) === undefined));
  if (fitting !== undefined) return fitting;
  // Sending no credentials, or others than those asked for, must not be found out by the first call that fails.
  const [best] = sorted;
  const lacking = best === undefined ? first : (guarded.find((one) => lacks(one, best)) ?? first);
  const wanted = lacking.security.map((schemes) => schemes.map(nameOf).join(" with ")).join(", or ");
  throw new DocumentError(
    lacking.pointer,
    best === undefined
      ? `the client logs in with one header, and this wants ${wanted}`
      : `the client logs in in one way, ${describe(best)}, and this wants ${wanted}`,
  );
}

function lacks(operation: Operation, way: Login): Operation | undefined {
  const open = operation.security.some((schemes) => schemes.length === 0);
  const fits = waysOf(operation).some((other) => JSON.stringify(other) === JSON.stringify(way));
  return open || fits ? undefined : operation;
}

function waysOf({ security }: Operation): Login[] {
  return security.flatMap((schemes) => {
    const [scheme] = schemes;
    const way = scheme === undefined || schemes.length > 1 ? undefined : wayOf(scheme);
    return way === undefined ? [] : [way];
  });
}

function wayOf(wanted: SecurityScheme): Login | undefined {
  const scheme = authorizationScheme(wanted);
  // Getting a token is left to the caller.
  if (scheme !== undefined) {
    return { header: "authorization", prefix: `${scheme} `, takes: scheme === "Basic" ? 2 : 1 };
  }
  const { type, node } = wanted;
  const name = node["name"];
  if (type !== "apiKey" || node["in"] !== "header" || typeof name !== "string") return undefined;
  return { header: name.toLowerCase(), prefix: "", takes: 1 };
}

function describe({ header, prefix }: Login): string {
  return prefix === "" ? `the header ${header}` : `HTTP ${prefix.trim()}`;
}

function nameOf({ name, type, scheme, node }: SecurityScheme): string {
  if (type === "http") return `HTTP ${scheme ?? ""}`;
  return type === "apiKey" ? `${String(node["name"])} in ${String(node["in"])}` : name;
}
