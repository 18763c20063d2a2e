import { listServers } from "@dots-payouts/openapi";
import { CannotRun } from "../errors/cannot-run.ts";
import { isSuccess } from "../expectations/expect-answer.ts";
import { isAnswer } from "../http/request.ts";
import { makeRequest, smallestRequest } from "../requests/make-request.ts";
import { type Context, mayBeSent } from "../suite/context.ts";

/**
 * Finds out whether the server can be checked at all. Sends each operation an empty body, which makes nothing where
 * one is required.
 * @throws CannotRun with the one reason why not
 */
export async function preflight(context: Context): Promise<void> {
  const { suite, server } = context;
  const statuses: number[] = [];
  for (const tested of suite.operations) {
    const request =
      tested.body?.errors({}).length === 0 || tested.body === undefined
        ? smallestRequest(suite, tested)
        : makeRequest(suite, tested, {});
    const { outcome } = await server.send(request);
    if (!isAnswer(outcome)) throw new CannotRun(whySilent(server.base, outcome.reason, outcome.message));
    statuses.push(outcome.status);
    // One operation that can be reached is enough: what is wrong with others is for the checks to say.
    if (![401, 403, 404, 502, 503, 504].includes(outcome.status)) return;
  }
  const [status] = statuses;
  if (!statuses.every((other) => other === status) || (await acceptsAny(context))) return;
  const where = server.base.href.replace(/\/$/, "");
  if (status === 401 || status === 403) {
    throw new CannotRun(
      suite.credentials.given
        ? `${where} answers ${status} to every operation: it does not accept the given user name and password.`
        : `${where} answers ${status} to every operation. Give the user name and password that it knows.`,
    );
  }
  if (status === 404) {
    throw new CannotRun(
      `${where} answers 404 to every operation. Is the base path right? The spec's servers are ${listServers(
        suite.spec.document,
      )
        .map(({ url }) => url)
        .join(", ")}.`,
    );
  }
  throw new CannotRun(
    `${where} answers ${status} to every operation: it is not ready, or what it stands in front of is down.`,
  );
}

/** Whether a valid request to some operation succeeds, where the empty one did not get far. */
async function acceptsAny(context: Context): Promise<boolean> {
  for (const tested of context.suite.operations) {
    const body = tested.body?.smallest[0];
    if (body !== undefined && !mayBeSent(context, tested, body)) continue;
    const { outcome } = await context.server.send(smallestRequest(context.suite, tested));
    if (isAnswer(outcome) && isSuccess(tested, outcome)) return true;
  }
  return false;
}

function whySilent(base: URL, reason: "timeout" | "cut" | "unreachable", message: string): string {
  const where = base.origin;
  if (reason === "timeout") return `${where} gives ${message}. Raise --timeout if it is only slow.`;
  if (reason === "cut")
    return `${where} cuts the connection without an answer (${message}). Is it HTTP, or HTTPS?`;
  if (/ECONNREFUSED/.test(message)) return `nothing listens at ${where}. Start the server, or check the URL.`;
  if (/ENOTFOUND|EAI_AGAIN/.test(message))
    return `the host name ${base.hostname} is not known. Check the URL.`;
  if (/certificate|SSL|TLS|EPROTO|altname/i.test(message)) {
    return `no secure connection to ${where}: ${message}. For a certificate of your own, set NODE_EXTRA_CA_CERTS.`;
  }
  return `${where} cannot be reached: ${message}`;
}
