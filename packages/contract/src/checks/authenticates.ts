import type { Check, Suite } from "../check.ts";
import { asksForBasic, wrongAuthorizations } from "../credentials.ts";
import { isAnswer } from "../http/request.ts";
import { judgeRefusal } from "../judge.ts";
import { smallestMessage } from "../messages.ts";
import type { Subject } from "../subject.ts";

const UNKNOWN_CREDENTIALS =
  "no --username and --password were given, so a server that takes any credentials cannot be told from one that takes wrong ones";

/** Every operation refuses credentials that are missing or wrong, and says what it wants instead. */
export function authenticatesChecks(suite: Suite, subject: Subject): Check[] {
  const { operation } = subject;
  if (operation.security.length === 0) return [];
  const place = `${operation.pointer}/security`;
  const basicOnly = asksForBasic(operation);
  const check = (id: string, title: string, unable: string | undefined, run: Check["run"]): Check => ({
    id: `${operation.id}/authenticates/${id}`,
    operation: operation.id,
    group: "authenticates",
    title,
    place,
    creates: 0,
    ...(unable === undefined ? {} : { unable }),
    run,
  });
  const refusals = wrongAuthorizations(suite.credentials).map(({ id, words, authorization, wellFormed }) =>
    check(
      id,
      `refuses ${words} with 401`,
      basicOnly
        ? wellFormed && !suite.credentials.given
          ? UNKNOWN_CREDENTIALS
          : undefined
        : "only HTTP Basic is known here",
      async (context) => {
        const { authorization: _, ...plain } = smallestMessage(suite, subject);
        const request = authorization === undefined ? plain : { ...plain, authorization };
        const exchange = await context.server.send(request);
        return judgeRefusal(subject, exchange, `${words}: refused with 401`, place, 401);
      },
    ),
  );
  const challenge = check(
    "challenge",
    "says in WWW-Authenticate what it wants (RFC 9110 §11.6.1)",
    undefined,
    async (context) => {
      const { authorization: _, ...request } = smallestMessage(suite, subject);
      const exchange = await context.server.send(request);
      const { outcome } = exchange;
      if (!isAnswer(outcome) || outcome.status !== 401) return [];
      const header = outcome.headers["www-authenticate"] ?? "";
      const schemes = operation.security
        .flat()
        .flatMap(({ scheme }) => (scheme === undefined ? [] : [scheme]));
      if (schemes.some((scheme) => header.toLowerCase().includes(scheme))) return [];
      return [
        {
          cause:
            header === ""
              ? "a 401 has no WWW-Authenticate header"
              : `the WWW-Authenticate header says ${header}`,
          expected: `a 401 names the scheme ${schemes.join(" or ")} in its WWW-Authenticate header`,
          place,
          exchanges: [exchange],
        },
      ];
    },
  );
  return [...refusals, challenge];
}
