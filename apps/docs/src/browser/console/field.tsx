import { useState } from "preact/hooks";
import type { FormField } from "../../try/form-field.ts";
import { type JsonValue, NumberText, parseJson, writeJson } from "./json-text.ts";
import { moneyOf } from "./money.ts";
import { messagesFor, type Violation } from "./violations.ts";

interface FieldProps {
  readonly field: FormField;
  readonly value: JsonValue | undefined;
  readonly violations: readonly Violation[];
  /** `undefined` omits the field. */
  readonly change: (path: readonly string[], value: JsonValue | undefined) => void;
  /** A button next to the field's name. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** A field of the body with its input. An empty field is not sent. */
export function BodyField({ field, value, violations, change, action }: FieldProps) {
  const id = fieldId(field.path);
  const messages = messagesFor(violations, field.path);
  return (
    <div class="field">
      <div class="field-head">
        <label htmlFor={id}>
          {field.name} <small>{needed(field)}</small>
        </label>
        {action === undefined ? undefined : (
          <button type="button" class="small" onClick={action.run}>
            {action.label}
          </button>
        )}
      </div>
      <p id={`${id}-about`} class="field-description">
        {field.description}
      </p>
      <Input field={field} value={value} id={id} invalid={messages.length > 0} change={change} />
      <Note field={field} value={value} change={change} />
      {messages.map((message) => (
        <p key={message} class="error-detail">
          {message}
        </p>
      ))}
    </div>
  );
}

export function fieldId(path: readonly string[]): string {
  return `body_${path.join("_")}`;
}

function needed({ required, when }: FormField): string {
  if (required) return "required";
  return when.length > 0 ? `required when ${when.join(", or when ")}` : "optional";
}

function Input({
  field,
  value,
  id,
  invalid,
  change,
}: Pick<FieldProps, "field" | "value" | "change"> & { id: string; invalid: boolean }) {
  const common = { id, "aria-describedby": `${id}-about`, "aria-invalid": invalid };
  const set = (text: string, parse: (text: string) => JsonValue): void =>
    change(field.path, text === "" ? undefined : parse(text));
  if (field.kind === "choice") {
    return (
      <select
        {...common}
        value={value === undefined ? "" : shown(value)}
        onChange={(event) => set(event.currentTarget.value, choiceOf(field))}
      >
        <option value="">not sent</option>
        {field.values.map((choice) => (
          <option key={String(choice)} value={String(choice)}>
            {String(choice)}
          </option>
        ))}
      </select>
    );
  }
  if (field.kind === "flags") return <Flags field={field} value={value} id={id} change={change} />;
  if (field.kind === "json" || (value !== undefined && !isScalar(value))) {
    return <JsonInput common={common} value={value} set={(next) => change(field.path, next)} />;
  }
  return (
    <input
      {...common}
      inputMode={field.kind === "number" ? "decimal" : undefined}
      autocomplete="off"
      spellcheck={false}
      value={value === undefined ? "" : shown(value)}
      onInput={(event) =>
        set(event.currentTarget.value, field.kind === "number" ? numberOrText : (text) => text)
      }
    />
  );
}

/** A number with all of its digits. Any other text is sent as a string, so that the server can refuse it. */
function numberOrText(text: string): JsonValue {
  const value = parseJson(text);
  return value instanceof NumberText ? value : text;
}

function choiceOf(field: FormField): (text: string) => JsonValue {
  return (text) => {
    const choice = field.values.find((value) => String(value) === text);
    return typeof choice === "boolean" ? choice : typeof choice === "number" ? new NumberText(text) : text;
  };
}

function isScalar(value: JsonValue): boolean {
  return typeof value !== "object" || value instanceof NumberText;
}

function shown(value: JsonValue): string {
  return typeof value === "string" ? value : writeJson(value);
}

function JsonInput({
  common,
  value,
  set,
}: {
  common: { id: string };
  value: JsonValue | undefined;
  set: (value: JsonValue | undefined) => void;
}) {
  const written = value === undefined ? "" : writeJson(value);
  // While the reader is typing, the text may not be valid JSON. It stays unchanged until the value changes elsewhere.
  const [typed, setTyped] = useState({ text: written, becomes: written });
  const text = typed.becomes === written ? typed.text : written;
  return (
    <textarea
      {...common}
      rows={Math.min(8, Math.max(2, text.split("\n").length))}
      spellcheck={false}
      placeholder="JSON; anything else is sent as a string"
      value={text}
      onInput={(event) => {
        const next = event.currentTarget.value;
        const parsed = next.trim() === "" ? undefined : (parseJson(next) ?? next);
        setTyped({ text: next, becomes: parsed === undefined ? "" : writeJson(parsed) });
        set(parsed);
      }}
    />
  );
}

function Flags({
  field,
  value,
  id,
  change,
}: Pick<FieldProps, "field" | "value" | "change"> & { id: string }) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <fieldset id={id} tabIndex={-1} class="flags" aria-label={field.name}>
      {field.values.map((flag) => {
        const name = String(flag);
        return (
          <label key={name}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ currentTarget: { checked } }) => {
                const next = checked ? [...chosen, name] : chosen.filter((item) => item !== name);
                change(field.path, next.length === 0 ? undefined : next);
              }}
            />
            {name}
          </label>
        );
      })}
    </fieldset>
  );
}

/** A hint for what the field can't show: an empty string, or an amount as money. */
function Note({ field, value, change }: Pick<FieldProps, "field" | "value" | "change">) {
  if (value === "") {
    return (
      <p class="field-note">
        Sent as an empty text.{" "}
        <button type="button" class="small" onClick={() => change(field.path, undefined)}>
          Leave it out
        </button>
      </p>
    );
  }
  const money = field.isCents ? moneyOf(value) : undefined;
  return money === undefined ? null : <p class="field-note money">= {money}</p>;
}
