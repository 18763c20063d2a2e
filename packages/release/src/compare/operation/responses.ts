import { exactStatus, type Response, responseFor, successResponses } from "@dots-payouts/openapi";
import { ADVICE } from "../change/advice.ts";
import { assumedIn } from "../change/assumed.ts";
import type { Assumed, Note } from "../change/change.ts";
import { compareContent } from "./body.ts";
import { compareHeaders } from "./headers.ts";
import { compareOtherKeys } from "./other-keys.ts";
import { answered, find, pairs, type Versions } from "./versions.ts";

export function compareResponses(
  versions: Versions,
  old: readonly Response[],
  now: readonly Response[],
): void {
  const { note, before, after, sent } = versions;
  const successes = [...successResponses(old), ...successResponses(now)];
  for (const [status, from, to] of pairs(old, now, (response) => response.status)) {
    const assumed = (...keys: string[]) => assumedIn(versions, from?.pointer, to?.pointer, ...keys);
    const succeeds = successes.some((success) => success === from || success === to);
    const [was, is] = [from ?? covering(old, status), to ?? covering(now, status)];
    if (from === undefined) {
      // Existing callers don't know a new success, and would mistake it for one that they know. For events it is
      // different: the server receives the responses, and knows which it accepts.
      const impact = succeeds && sent === "request" ? "breaking" : "addition";
      note(impact, `A ${status} response is new.`, undefined, assumed());
    } else if (to === undefined) {
      // A failure that is no longer described is still handled as a failure.
      const text = `The ${status} response is no longer described.`;
      note(succeeds ? "breaking" : "addition", text, undefined, assumed());
    } else compareEchoes(status, from, to, note, assumed("x-echo"));
    if (was === undefined || is === undefined) continue;
    const side = { direction: answered(versions), side: `${status} response` };
    compareContent(versions, side, was, is);
    const places = [find(before, was.pointer), find(after, is.pointer)] as const;
    compareHeaders(versions, side, ...places);
    compareOtherKeys(versions, ...places, ["x-echo", "content", "headers"], `The ${side.side}`);
  }
}

/** The response for a status without its own response: that of its range, or of all statuses. */
function covering(responses: readonly Response[], status: string): Response | undefined {
  if (status === "default") return undefined;
  const successes = successResponses(responses);
  const general = responses.filter(
    (response) =>
      exactStatus(response) === undefined && (!status.startsWith("2") || successes.includes(response)),
  );
  return responseFor(general, Number(status.replaceAll(/x/gi, "0")));
}

function compareEchoes(
  status: string,
  old: Response,
  now: Response,
  note: Note,
  assumed: Assumed | undefined,
): void {
  for (const [into, from, to] of pairs(old.echo, now.echo, (echo) => echo.response)) {
    if (from?.request === to?.request) continue;
    if (from === undefined) {
      note("addition", `The ${status} response returns ${to?.request} as ${into}.`, ADVICE.echoed, assumed);
    } else {
      const text = `The ${status} response no longer returns ${from.request} as ${into}.`;
      note("breaking", text, ADVICE.notEchoed, assumed);
    }
  }
}
