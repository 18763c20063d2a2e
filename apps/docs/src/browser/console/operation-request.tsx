import { useMemo, useState } from "preact/hooks";
import type { ConsoleOperation } from "../../try/console-data.ts";
import { Answer } from "./answer.tsx";
import { BodyForm } from "./body-form.tsx";
import type { Draft } from "./draft.ts";
import { Parameters } from "./parameters.tsx";
import { RequestView } from "./request-view.tsx";
import { type Outcome, requestOf, send } from "./send.ts";
import { problemWithUrl, type Target } from "./target.ts";
import { violationsIn } from "./violations.ts";

interface OperationRequestProps {
  readonly operation: ConsoleOperation;
  readonly target: Target;
  readonly draft: Draft;
  readonly outcome: Outcome | undefined;
  readonly change: (draft: Draft) => void;
  readonly done: (outcome: Outcome) => void;
}

/** The form for a request, the request itself, and the response. */
export function OperationRequest({ operation, target, draft, outcome, change, done }: OperationRequestProps) {
  const [sending, setSending] = useState(false);
  const violations = useMemo(
    () => (outcome?.kind === "answer" && !outcome.ok ? violationsIn(outcome.body) : []),
    [outcome],
  );
  const changeBody = (body: string): void => change({ ...draft, body });
  const changeParameters = (parameters: Draft["parameters"]): void => change({ ...draft, parameters });
  const request = requestOf(operation, target, draft);
  const missing = /\{(.+?)\}/.exec(decodeURI(request.url.slice(target.url.length)))?.[1];

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (missing !== undefined) return;
    setSending(true);
    const result = await send(request);
    setSending(false);
    done(result);
    // The response is below a long form, so scroll to it.
    requestAnimationFrame(() => document.getElementById("answer")?.focus());
  };

  return (
    <>
      <form id="request-form" autocomplete="off" onSubmit={(event) => void submit(event)}>
        <Parameters part="first" operation={operation} values={draft.parameters} change={changeParameters} />
        {operation.body === undefined ? undefined : (
          <BodyForm
            body={operation.body}
            text={draft.body ?? ""}
            violations={violations}
            change={changeBody}
          />
        )}
        <Parameters part="last" operation={operation} values={draft.parameters} change={changeParameters} />
      </form>
      <div class="console-result">
        <RequestView request={request} changeBody={operation.body === undefined ? undefined : changeBody} />
        <div class="send-bar">
          <button
            type="submit"
            form="request-form"
            class="send"
            disabled={sending || missing !== undefined || problemWithUrl(target.url) !== undefined}
          >
            {sending ? "Sending…" : "Send"}
          </button>
          <span role="status">{missing === undefined ? undefined : `Fill in ${missing} first.`}</span>
        </div>
        <Answer outcome={outcome} violations={violations} cents={operation.cents} />
      </div>
    </>
  );
}
