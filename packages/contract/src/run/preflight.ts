import { listServers } from "@dots-payouts/openapi";
import { CannotRun } from "../errors/cannot-run.ts";
import { isSuccess } from "../expectations/expect-answer.ts";
import { type Answer, isAnswer, type NoAnswer, parseJson, type WireRequest } from "../http/request.ts";
import { makeRequest, type Sender, smallestRequest } from "../requests/make-request.ts";
import { type Context, mayBeSent } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";

/**
 * Finds out whether the server can be checked at all. Sends each operation an empty body, which creates nothing if a
 * body is required. Without encryption, the first request has no credentials: the answering server may not be the right
 * one.
 * @throws CannotRun with the reason
 */
export async function preflight(context: Context): Promise<void> {
  const { suite, server } = context;
  const [first] = suite.operations;
  if (first !== undefined && server.base.protocol === "http:") {
    const request = emptyRequest({ ...suite, credentials: undefined }, first);
    refuseRedirect(server.base, await answerTo(context, request));
  }
  const answers: Answer[] = [];
  for (const tested of suite.operations) {
    const answer = await answerTo(context, emptyRequest(suite, tested));
    answers.push(answer);
    // One reachable operation is enough: the checks report what is wrong with the others.
    if (isFromApi(answer)) return requireSecond(context, tested);
  }
  const [answer] = answers;
  if (answer === undefined || answers.some(({ status }) => status !== answer.status)) return;
  if (await acceptsAny(context)) return;
  throw new CannotRun(whyRefused(context, answer));
}

function emptyRequest(sender: Sender, tested: TestedOperation): WireRequest {
  return tested.body?.errors({}).length === 0 || tested.body === undefined
    ? smallestRequest(sender, tested)
    : makeRequest(sender, tested, {});
}

async function answerTo({ server }: Context, request: WireRequest): Promise<Answer> {
  const { outcome } = await server.send(request);
  if (!isAnswer(outcome)) throw new CannotRun(whySilent(server.base, outcome));
  return outcome;
}

/** @throws CannotRun if the server requires HTTPS: nothing else is sent then */
function refuseRedirect(base: URL, { status, headers: { location = "" } }: Answer): void {
  if (status < 300 || status >= 400 || !location.startsWith("https:")) return;
  throw new CannotRun(
    `${base.origin} answers ${status} and redirects to ${location}. Use the base URL with https://, so that credentials are never sent unencrypted.`,
  );
}

/** Whether the answer to an empty request looks like one from the API itself. */
function isFromApi({ status, headers }: Answer): boolean {
  const isElsewhere = (status >= 300 && status < 400) || isPage(headers);
  return !isElsewhere && ![401, 403, 404, 502, 503, 504].includes(status);
}

function isPage(headers: Answer["headers"]): boolean {
  return /^text\/html\b/i.test(headers["content-type"] ?? "");
}

/** @throws CannotRun if the server does not know the second account */
async function requireSecond({ suite, server }: Context, tested: TestedOperation): Promise<void> {
  if (suite.second === undefined) return;
  const { outcome } = await server.send(makeRequest({ ...suite, credentials: suite.second }, tested, {}));
  if (isAnswer(outcome) && (outcome.status === 401 || outcome.status === 403)) {
    throw new CannotRun(
      `${server.base.origin} answers ${outcome.status} to the second account: it does not accept --second-username and --second-password.`,
    );
  }
}

/** Whether a valid request to some operation succeeds, if the empty one did not get far. */
async function acceptsAny(context: Context): Promise<boolean> {
  for (const tested of context.suite.operations) {
    const body = tested.body?.smallest[0];
    if (body !== undefined && !mayBeSent(context, tested, body)) continue;
    const { outcome } = await context.server.send(smallestRequest(context.suite, tested));
    if (isAnswer(outcome) && isSuccess(tested, outcome) && !isPage(outcome.headers)) return true;
  }
  return false;
}

const GATEWAY = "If a header lets requests through, add it with --header.";

function whyRefused({ suite, server }: Context, { status, headers, body }: Answer): string {
  const where = server.base.href.replace(/\/$/, "");
  const { location } = headers;
  if (status >= 300 && status < 400 && location !== undefined) {
    return `${where} answers ${status} to every operation and redirects to ${location}. Use the base URL of the API itself.`;
  }
  if (isPage(headers) && status !== 404 && status < 500) {
    const [, title = ""] = /<title[^>]*>\s*([^<]{1,80}?)\s*<\/title>/i.exec(body) ?? [];
    const page = title === "" ? "a web page" : `the web page ${JSON.stringify(title)}`;
    return `${where} answers ${status} with ${page}: a login page, a firewall or another server is in front of the API. ${GATEWAY}`;
  }
  if (status === 403 && parseJson(body) === undefined) {
    return `${where} answers 403 to every operation, and not in JSON: a firewall or a gateway is in front of the API. ${GATEWAY}`;
  }
  if (status === 401 || status === 403) {
    return suite.credentials.given
      ? `${where} answers ${status} to every operation: it does not accept the given user name and password.`
      : `${where} answers ${status} to every operation. Provide a user name and password that it accepts.`;
  }
  if (status === 404) {
    const servers = listServers(suite.spec.document).map(({ url }) => url);
    return `${where} answers 404 to every operation. Is the base path right? The spec's servers are ${servers.join(", ")}.`;
  }
  return `${where} answers ${status} to every operation: it is not ready, or the server behind it is down.`;
}

function whySilent(base: URL, { reason, message }: NoAnswer): string {
  const where = base.origin;
  if (reason === "timeout") return `${where}: ${message}. If it is only slow, raise --timeout.`;
  if (reason === "cut")
    return `${where} cuts the connection without an answer (${message}). Is it HTTP, or HTTPS?`;
  if (/proxy/.test(message)) return `${where} cannot be reached: ${message}`;
  if (/ECONNREFUSED/.test(message)) return `nothing listens at ${where}. Start the server, or check the URL.`;
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return `the host name ${base.hostname} is unknown. Check the URL.`;
  if (/certificate|SSL|TLS|EPROTO|altname|alert/i.test(message)) {
    return `no secure connection to ${where}: ${message}. For a private CA, use --ca; for a client certificate, use --cert and --key.`;
  }
  return `${where} cannot be reached: ${message}`;
}
