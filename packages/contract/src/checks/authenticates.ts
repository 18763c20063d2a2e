import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectUnauthorized } from "../expectations/expect-refusal.ts";
import { asksForBasic, wrongAuthorizations } from "../http/credentials.ts";
import { type Exchange, isAnswer, type WireRequest } from "../http/request.ts";
import { makeRequest, smallestRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { type Check, named } from "./check.ts";

const UNKNOWN_CREDENTIALS =
  "without user name and password, a server that accepts any looks the same as one that accepts wrong ones";
const UNKNOWN_SCHEME = "only HTTP Basic can be tested, but the operation asks for something else";

/** The shortest password, in characters, that does not appear in an answer by accident. */
const TELLING = 6;

/** Every operation refuses missing or wrong credentials, and never reveals the right ones. */
export function authenticatesChecks(suite: Suite, tested: TestedOperation): Check[] {
  const { operation } = tested;
  const place = `${operation.pointer}/security`;
  if (operation.security.length === 0 || operation.security.some((schemes) => schemes.length === 0))
    return [];
  const basic = asksForBasic(operation);
  const check = (id: string, title: string, unable: string | undefined, run: Check["run"]): Check => ({
    ...named(operation.id, "authenticates", id, title),
    place,
    creates: id === "secret" ? 1 : 0,
    bodies: tested.body === undefined ? [] : [tested.body.smallest[0]],
    ...(basic ? (unable === undefined ? {} : { unable }) : { unable: UNKNOWN_SCHEME }),
    run,
  });
  const refusals = wrongAuthorizations(suite.credentials).map(({ id, words, authorization, wellFormed }) =>
    check(
      id,
      `refuses ${words} with 401`,
      wellFormed && !suite.credentials.given ? UNKNOWN_CREDENTIALS : undefined,
      async (context) => {
        const exchange = await context.server.send(withAuthorization(suite, tested, authorization));
        return expectUnauthorized(tested, exchange, words, place);
      },
    ),
  );
  return [
    ...refusals,
    check(
      "challenge",
      "says in WWW-Authenticate what it asks for (RFC 9110 §11.6.1)",
      undefined,
      async (context) => {
        const exchange = await context.server.send(withAuthorization(suite, tested, undefined));
        return expectChallenge(tested, exchange, place);
      },
    ),
    check(
      "secret",
      "never returns the credentials",
      suite.credentials.password.length < TELLING
        ? "the password is so short that it may appear by accident"
        : undefined,
      (context) => expectSecrecy(context, suite, tested, place),
    ),
  ];
}

function withAuthorization(
  suite: Suite,
  tested: TestedOperation,
  authorization: WireRequest["authorization"],
): WireRequest {
  const { authorization: _, ...request } = smallestRequest(suite, tested);
  return authorization === undefined ? request : { ...request, authorization };
}

function expectChallenge(tested: TestedOperation, exchange: Exchange, place: string): BrokenPromise[] {
  const { outcome } = exchange;
  // Another status is for other checks.
  if (!isAnswer(outcome) || outcome.status !== 401) return [];
  const header = outcome.headers["www-authenticate"] ?? "";
  const schemes = tested.operation.security
    .flat()
    .flatMap(({ scheme }) => (scheme === undefined ? [] : [scheme]));
  if (schemes.some((scheme) => header.toLowerCase().includes(scheme))) return [];
  const cause =
    header === "" ? "401 without WWW-Authenticate" : `WWW-Authenticate says ${JSON.stringify(header)}`;
  const expected = `a 401 names the scheme ${schemes.join(" or ")} in its WWW-Authenticate header`;
  const documented = tested.documented(401)?.pointer ?? place;
  return [{ severity: "form", cause, expected, place: documented, exchanges: [exchange] }];
}

/** Looks for the credentials in all kinds of answers. */
async function expectSecrecy(
  context: Context,
  suite: Suite,
  tested: TestedOperation,
  place: string,
): Promise<BrokenPromise[]> {
  const right = smallestRequest(suite, tested);
  const requests: WireRequest[] = [
    right,
    makeRequest(suite, tested, {}),
    { ...right, body: "{" },
    { ...right, path: `${right.path}/contract-suite-unknown` },
    ...wrongAuthorizations(suite.credentials)
      .filter(({ id }) => ["other-scheme", "wrong-user", "wrong-password"].includes(id))
      .map(({ authorization }) => withAuthorization(suite, tested, authorization)),
  ];
  const { username, password } = suite.credentials;
  const secrets = [password, Buffer.from(`${username}:${password}`).toString("base64")];
  for (const request of requests) {
    const exchange = await context.server.send(request);
    if (!isAnswer(exchange.outcome)) continue;
    const said = JSON.stringify(exchange.outcome.headers) + exchange.outcome.body;
    if (!secrets.some((secret) => said.includes(secret))) continue;
    const cause = "an answer contains the credentials";
    return [
      {
        severity: "security",
        cause,
        expected: "no answer contains the credentials",
        place,
        exchanges: [exchange],
      },
    ];
  }
  return [];
}
