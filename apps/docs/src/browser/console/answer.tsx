import { Scrolling } from "./scrolling.tsx";
import type { Outcome } from "./send.ts";
import type { Violation } from "./violations.ts";

/** What came back: status, time, the reasons of a refusal, and the body with its links to follow. */
export function Answer({
  outcome,
  violations,
}: {
  outcome: Outcome | undefined;
  violations: readonly Violation[];
}) {
  if (outcome === undefined) return null;
  return (
    <section id="answer" class="answer" tabIndex={-1} aria-labelledby="answer-title">
      <h2 id="answer-title">{outcome.kind === "failure" ? "No answer" : <Status outcome={outcome} />}</h2>
      {outcome.kind === "failure" ? <p class="problem">{outcome.message}</p> : undefined}
      {violations.length === 0 ? undefined : (
        <ul class="violations">
          {violations.map(({ path, message }) => (
            <li key={path + message}>
              <a href={`#body${path.replaceAll("/", "_")}`} onClick={(event) => focusField(event, path)}>
                <code>{path === "" ? "the whole body" : path}</code>
              </a>{" "}
              {message}
            </li>
          ))}
        </ul>
      )}
      {outcome.kind === "answer" ? <Body value={outcome.body} /> : undefined}
    </section>
  );
}

function Status({ outcome }: { outcome: Extract<Outcome, { kind: "answer" }> }) {
  return (
    <>
      Answer <span class={outcome.ok ? "good" : "bad"}>{outcome.status}</span>{" "}
      <small>in {outcome.milliseconds} ms</small>
    </>
  );
}

const LINK = /("https?:\/\/[^"\s]+")/;

function Body({ value }: { value: unknown }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <Scrolling label="Body of the answer">
      {text.split(LINK).map((part) => {
        if (!LINK.test(part)) return part;
        const url = part.slice(1, -1);
        return (
          <>
            "
            <a key={part} href={url} rel="noopener noreferrer" target="_blank">
              {url}
            </a>
            "
          </>
        );
      })}
    </Scrolling>
  );
}

/** The fragment of the URL chooses the operation, so the link only moves the focus. */
function focusField(event: Event, path: string): void {
  event.preventDefault();
  document.getElementById(`body${path.replaceAll("/", "_")}`)?.focus();
}
