import { type Response, successResponses } from "@dots-payouts/openapi";
import { ADVICE } from "../advice.ts";
import type { Note } from "../change.ts";
import { compareOtherKeys } from "../other-keys.ts";
import { compareContent } from "./body.ts";
import { compareHeaders } from "./headers.ts";
import { answered, find, pairs, type Versions } from "./versions.ts";

export function compareResponses(
  versions: Versions,
  old: readonly Response[],
  now: readonly Response[],
): void {
  const { note, before, after, sent } = versions;
  const successes = [...successResponses(old), ...successResponses(now)];
  for (const [status, from, to] of pairs(old, now, (response) => response.status)) {
    const succeeds = successes.some((success) => success === from || success === to);
    if (from === undefined) {
      // Existing callers don't know about a new success and would mistake it for one that they know. For events, the
      // server itself gets the answers, and knows what it accepts.
      note(succeeds && sent === "request" ? "breaking" : "addition", `A ${status} response is new.`);
    } else if (to === undefined) {
      // An undocumented failure is still a failure, and handled as one.
      note(succeeds ? "breaking" : "addition", `The ${status} response is no longer described.`);
    } else {
      compareEchoes(status, from, to, note);
      const side = { direction: answered(versions), side: `${status} response` };
      compareContent(versions, side, from, to);
      const [was, is] = [find(before, from.pointer), find(after, to.pointer)];
      compareHeaders(versions, side, was, is);
      compareOtherKeys(versions, was, is, ["x-echo", "content", "headers"], `The ${side.side}`);
    }
  }
}

function compareEchoes(status: string, old: Response, now: Response, note: Note): void {
  for (const [into, from, to] of pairs(old.echo, now.echo, (echo) => echo.response)) {
    if (from?.request === to?.request) continue;
    if (from === undefined) {
      note("addition", `The ${status} response returns ${to?.request} as ${into}.`, ADVICE.echoed);
    } else {
      const text = `The ${status} response no longer returns ${from.request} as ${into}.`;
      note("breaking", text, ADVICE.notEchoed);
    }
  }
}
