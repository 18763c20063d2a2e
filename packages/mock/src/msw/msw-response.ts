import { HttpResponse } from "msw";
import { type MockAnswer, REQUEST_ID } from "../wire/answer.ts";

/** An answer for MSW; or one that fails in the requested way. */
export async function mswResponse(
  { method, signal }: Request,
  { status, headers, body, entry, fault }: MockAnswer,
): Promise<Response> {
  if (fault === "reset") return HttpResponse.error();
  if (fault === "timeout") await aborted(signal);
  const content = method === "HEAD" || body === "" ? null : body;
  return new HttpResponse(content !== null && fault === "truncate" ? cutInHalf(content) : content, {
    status,
    headers: { ...headers, ...(entry === undefined ? {} : { [REQUEST_ID]: String(entry) }) },
  });
}

/** No answer until the caller gives up. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function cutInHalf(body: string): ReadableStream<Uint8Array> {
  const half = new TextEncoder().encode(body.slice(0, Math.ceil(body.length / 2)));
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError("The body was cut off."));
      else controller.enqueue(half);
      sent = true;
    },
  });
}
