import { useState } from "preact/hooks";
import { fieldId } from "./field.tsx";
import { parseJson, writeJson } from "./json-text.ts";
import { Scrolling } from "./scrolling.tsx";
import type { Outcome } from "./send.ts";
import type { Violation } from "./violations.ts";

interface AnswerProps {
  readonly outcome: Outcome | undefined;
  readonly violations: readonly Violation[];
}

/** What came back: status, time, the reasons of a refusal, and the body with its links to follow. */
export function Answer({ outcome, violations }: AnswerProps) {
  if (outcome === undefined) return null;
  return (
    <section id="answer" class="answer" tabIndex={-1} aria-labelledby="answer-title">
      <h2 id="answer-title">{outcome.kind === "failure" ? "No answer" : <Status outcome={outcome} />}</h2>
      {outcome.kind === "failure" ? <p class="problem">{outcome.message}</p> : undefined}
      {outcome.kind === "answer" && outcome.status === 401 ? (
        <p class="problem">
          The server did not accept these credentials. Check the client ID and the API key.
        </p>
      ) : undefined}
      {violations.length === 0 ? undefined : (
        <ul class="violations">
          {violations.map(({ path, message }) => (
            <li key={path + message}>
              <a href={`#${fieldId(namesIn(path))}`} onClick={(event) => focusField(event, path)}>
                <code>{path === "" ? "the whole body" : path}</code>
              </a>{" "}
              {message}
            </li>
          ))}
        </ul>
      )}
      {outcome.kind === "answer" ? <Body key={outcome.body} text={outcome.body} /> : undefined}
      {outcome.kind === "answer" ? (
        <details>
          <summary>Headers of the answer</summary>
          <Scrolling label="Headers of the answer">
            {outcome.headers.map(([name, value]) => `${name}: ${value}`).join("\n")}
          </Scrolling>
        </details>
      ) : undefined}
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

/** How much of an answer is shown at once, in characters. */
const SHOWN = 20_000;

function Body({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const indented = text.length > SHOWN ? text : indent(text);
  const cut = !all && indented.length > SHOWN;
  return (
    <>
      <Scrolling label="Body of the answer">
        {cut || all ? indented.slice(0, all ? undefined : SHOWN) : <Linked text={indented} />}
      </Scrolling>
      {cut ? (
        <button type="button" class="small" onClick={() => setAll(true)}>
          {`Show all ${indented.length.toLocaleString("en")} characters`}
        </button>
      ) : undefined}
    </>
  );
}

/** The JSON of a text on several lines. Numbers may lose digits on the way through JavaScript, so they stay as they are. */
function indent(text: string): string {
  const value = parseJson(text);
  return value === undefined ? text : writeJson(value);
}

const LINK = /("https?:\/\/[^"\s]+")/;

function Linked({ text }: { text: string }) {
  return text.split(LINK).map((part) => {
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
  });
}

function namesIn(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The fragment of the URL chooses the operation, so the link only moves the focus: to the field, or the one around it. */
function focusField(event: Event, pointer: string): void {
  event.preventDefault();
  const names = namesIn(pointer);
  const ids = names.map((_name, index) => fieldId(names.slice(0, index + 1)));
  const nearest = ids.findLast((id) => document.getElementById(id) !== null);
  if (nearest !== undefined) document.getElementById(nearest)?.focus();
}
