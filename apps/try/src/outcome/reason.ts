import { DocumentError } from "@dots-payouts/openapi";
import { CommandFailed, type Outcome, Refused } from "./outcome.ts";

/** A place in a document with what is wrong there, as every step writes it: `dots-codegen: #/paths/~1a/get: why`. */
const REFUSAL =
  /^(?:[\w @/-]+: )?(?:The spec cannot be served: |the spec (?:.* )?cannot be used: )?(#\/[^\s:]*(?:~1[^\s:]*)*):? (.+)$/;

/** What happened to a step that did not do its work. */
export function reasonOf(error: unknown): Pick<Outcome, "result" | "place" | "detail"> {
  if (error instanceof Refused) return refusal(error.place, error.message);
  if (error instanceof DocumentError)
    return refusal(`#${error.pointer}`, error.message.replace(/^#\S*: /, ""));
  const failure = error instanceof CommandFailed ? error : undefined;
  if (failure?.tookTooLong) return refusal(undefined, "too large: it was given up after ten minutes");
  const lines = (failure?.lines ?? [error instanceof Error ? error.message : String(error)])
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("$"));
  for (const line of lines) {
    const [, place, why = ""] = REFUSAL.exec(line) ?? [];
    if (place !== undefined) return refusal(place, why);
  }
  const telling = lines.find((line) => /error|can.?t|cannot/i.test(line)) ?? lines[0] ?? "";
  return { result: "failed", detail: telling };
}

function refusal(place: string | undefined, detail: string): Pick<Outcome, "result" | "place" | "detail"> {
  return { result: "refused", ...(place === undefined ? {} : { place }), detail };
}
