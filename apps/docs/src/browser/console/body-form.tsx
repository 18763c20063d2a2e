import type { ConsoleBody } from "../../try/console-data.ts";
import type { FormField } from "../../try/form-field.ts";
import { withFreshKey } from "./draft.ts";
import { BodyField } from "./field.tsx";
import { type JsonValue, parseJson, valueAt, withoutValue, withValue, writeJson } from "./json-text.ts";
import type { Violation } from "./violations.ts";

/** Larger bodies have no fields, because each keystroke would parse the whole body again. */
const LARGE = 100_000;

interface BodyFormProps {
  readonly body: ConsoleBody;
  /** The body as text, exactly as it is sent. */
  readonly text: string;
  readonly violations: readonly Violation[];
  readonly change: (text: string) => void;
}

/** The fields of a body. They show values parsed from its text, and write typed values back into it. */
export function BodyForm({ body, text, violations, change }: BodyFormProps) {
  const root = text.length > LARGE ? undefined : parseJson(text);
  if (!(root instanceof Map)) {
    const why =
      text.length > LARGE ? "The body is too long to be shown in fields." : "The body is not a JSON object.";
    return <p class="field-note">{why} Edit its text, or start from an example.</p>;
  }
  const set = (path: readonly string[], value: JsonValue | undefined): void =>
    change(writeJson(value === undefined ? withoutValue(root, path) : withValue(root, path, value)));
  const { key } = body;
  const show = (field: FormField) =>
    field.kind === "group" && isGroup(valueAt(root, field.path)) ? (
      <fieldset key={field.name} class="group">
        <legend>{field.name}</legend>
        <p class="field-description">{field.description}</p>
        {field.fields.map(show)}
      </fieldset>
    ) : (
      <BodyField
        key={field.name}
        field={field}
        value={valueAt(root, field.path)}
        violations={violations}
        change={set}
        action={
          key !== undefined && key.join("/") === field.path.join("/")
            ? { label: "New key", run: () => change(withFreshKey(text, key)) }
            : undefined
        }
      />
    );
  return <>{body.fields.map(show)}</>;
}

/** Whether fields can show a value. Other values are shown as JSON. */
function isGroup(value: JsonValue | undefined): boolean {
  return value === undefined || value instanceof Map;
}
