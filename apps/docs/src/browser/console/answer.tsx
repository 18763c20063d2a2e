import { useState } from "preact/hooks";
import { fieldId } from "./field.tsx";
import { type JsonValue, parseJson, valueAt, writeJson } from "./json-text.ts";
import { moneyOf } from "./money.ts";
import { Scrolling } from "./scrolling.tsx";
import type { Outcome } from "./send.ts";
import type { Violation } from "./violations.ts";

interface AnswerProps {
  readonly outcome: Outcome | undefined;
  readonly violations: readonly Violation[];
  /** The paths of names to the amounts in cents in a response. */
  readonly cents: readonly (readonly string[])[];
}

/** The response: status, time, reasons for a refusal, and the body with links to follow. */
export function Answer({ outcome, violations, cents }: AnswerProps) {
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
      {outcome.kind === "answer" ? <Body text={outcome.body} cents={cents} /> : undefined}
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

/** How many characters of a response are shown: at first, and at most. */
const SHOWN = 20_000;
const MOST = 200_000;

function Body({ text, cents }: { text: string; cents: AnswerProps["cents"] }) {
  const [opened, setOpened] = useState("");
  const isShort = text.length <= SHOWN;
  const value = isShort ? parseJson(text) : undefined;
  if (isShort) {
    return (
      <>
        <Scrolling label="Body of the answer">
          {/* Numbers may lose digits on the way through JavaScript, so they stay as they are. */}
          <Linked text={value === undefined ? text : writeJson(value)} />
        </Scrolling>
        <Money value={value} cents={cents} />
      </>
    );
  }
  const limit = opened === text ? MOST : SHOWN;
  return (
    <>
      <Scrolling label="Body of the answer">{text.slice(0, limit)}</Scrolling>
      <p class="field-note">
        {text.length > limit
          ? `The first ${limit.toLocaleString("en")} of ${text.length.toLocaleString("en")} characters. `
          : undefined}
        {limit < MOST ? (
          <button type="button" class="small" onClick={() => setOpened(text)}>
            Show more
          </button>
        ) : undefined}{" "}
        <button type="button" class="small" onClick={() => void navigator.clipboard.writeText(text)}>
          Copy all
        </button>
      </p>
    </>
  );
}

/** The amounts of a response as money. */
function Money({ value, cents }: { value: JsonValue | undefined; cents: AnswerProps["cents"] }) {
  const amounts = cents.flatMap((path) => {
    const money = moneyOf(value === undefined ? undefined : valueAt(value, path));
    return money === undefined ? [] : [`${path.join(".")} = ${money}`];
  });
  return amounts.length === 0 ? null : <p class="field-note">{amounts.join(", ")}</p>;
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

/**
 * The fragment of the URL selects the operation. So the link only moves the focus: to the field, or to the one around
 * it.
 */
function focusField(event: Event, pointer: string): void {
  event.preventDefault();
  const names = namesIn(pointer);
  const ids = names.map((_name, index) => fieldId(names.slice(0, index + 1)));
  const nearest = ids.findLast((id) => document.getElementById(id) !== null);
  if (nearest !== undefined) document.getElementById(nearest)?.focus();
}
