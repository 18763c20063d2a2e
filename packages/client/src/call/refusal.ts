import { busyCodes, codesAt } from "../generated/operations.ts";
import { parseJson, valueAt } from "../runtime/json.ts";
import { isRefusal } from "../runtime/outcome.ts";
import type { Call } from "./call.ts";

/**
 * Why an unsuccessful answer does not prove that nothing was carried out; `false` if it does.
 * @param isSentOnce whether the request is known to have been sent at most once
 * @param text the answer; `undefined` if it could not be read
 */
export function doubtOf(
  isSentOnce: boolean,
  { key }: Call,
  status: number,
  text: string | undefined,
): string | false {
  if (text === undefined || !isRefusal(status, key)) return "";
  const content = parseJson(text);
  // What was cut off may have been the code.
  if (content === undefined && /^\s*[[{"]/.test(text)) return "";
  const isBusy = codesAt.some((place) => busyCodes.includes(valueAt(content, place)));
  if (isBusy) return "";
  return !isSentOnce && "to a fetch that may have sent it twice (fetchSendsOnce)";
}
