import { busyCodes, codesAt } from "../generated/operations.ts";
import { parseJson, valueAt } from "../runtime/json.ts";
import { isRefusal } from "../runtime/outcome.ts";
import type { Settings } from "../settings/settings.ts";
import { sendsOnce } from "../transport/transport.ts";
import type { Call } from "./call.ts";

/**
 * Why an answer that is not a success does not say that nothing was carried out; `false` where it does.
 * @param text the answer; `undefined` where it could not be read
 */
export function doubtOf(
  { fetch, fetchSendsOnce }: Settings,
  { key, body }: Call,
  status: number,
  text: string | undefined,
): string | false {
  if (text === undefined || !isRefusal(status, key)) return "";
  const content = parseJson(text);
  const isBusy = codesAt.some((place) => busyCodes.includes(valueAt(content, place)));
  if (isBusy) return "";
  const isOnly = fetchSendsOnce || sendsOnce(fetch, body);
  return isOnly ? false : "to a fetch that may have sent it twice (fetchSendsOnce)";
}
