import type { FieldProps } from "@rjsf/utils";
import { useState } from "preact/hooks";

/** A field for any JSON value. What is no JSON is taken as a text. */
export function JsonField({ schema, fieldPathId, formData, onChange, required }: FieldProps) {
  const [text, setText] = useState(formData === undefined ? "" : JSON.stringify(formData, null, 2));
  const id = fieldPathId.$id;
  return (
    <>
      <label htmlFor={id}>
        {schema.title}
        {required ? " *" : ""}
      </label>
      {schema.description === undefined ? undefined : (
        <p id={`${id}__description`} class="field-description">
          {schema.description} JSON; anything else is sent as a text.
        </p>
      )}
      <textarea
        id={id}
        rows={3}
        spellcheck={false}
        value={text}
        aria-describedby={`${id}__description`}
        onInput={(event) => {
          setText(event.currentTarget.value);
          onChange(parse(event.currentTarget.value), fieldPathId.path);
        }}
      />
    </>
  );
}

function parse(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
