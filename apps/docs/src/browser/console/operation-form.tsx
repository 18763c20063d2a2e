import Form from "@rjsf/core";
import type { ErrorSchema, ValidatorType } from "@rjsf/utils";
import { useState } from "preact/hooks";
import type { ConsoleOperation } from "../../try/console-data.ts";
import { Answer } from "./answer.tsx";
import { JsonField } from "./json-field.tsx";
import { Scrolling } from "./scrolling.tsx";
import { type Outcome, send } from "./send.ts";
import { problemWithUrl, type Target } from "./target.ts";
import { errorsByField, violationsIn } from "./violations.ts";
import { withoutGaps } from "./without-gaps.ts";

// The server is the judge here: a reader may send what is wrong, and see how it is refused.
const LENIENT: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({}),
};

/** A form for an operation, the request that it makes, and what came back. */
export function OperationForm({ operation, target }: { operation: ConsoleOperation; target: Target }) {
  const [example, setExample] = useState(0);
  const [body, setBody] = useState<unknown>(operation.examples[0]?.value);
  const [outcome, setOutcome] = useState<Outcome>();
  const [sending, setSending] = useState(false);
  const violations = outcome?.kind === "answer" && !outcome.ok ? violationsIn(outcome.body) : [];

  const submit = async (data: unknown): Promise<void> => {
    setSending(true);
    const result = await send(operation, target, withoutGaps(data));
    setSending(false);
    setOutcome(result);
    // The answer stands below a long form.
    requestAnimationFrame(() => document.getElementById("answer")?.focus());
  };

  return (
    <>
      <fieldset class="console-examples">
        <legend>Start from</legend>
        {operation.examples.map(({ title, value }, index) => (
          <button
            key={title}
            type="button"
            aria-pressed={index === example}
            onClick={() => {
              setExample(index);
              setBody(value);
              setOutcome(undefined);
            }}
          >
            {title}
          </button>
        ))}
      </fieldset>
      <Form
        key={example}
        schema={operation.form.schema}
        uiSchema={operation.form.ui}
        formData={body}
        fields={{ json: JsonField }}
        validator={LENIENT}
        noValidate
        noHtml5Validate
        showErrorList={false}
        extraErrors={errorsByField(violations) as ErrorSchema}
        id="body-form"
        idPrefix="body"
        onChange={({ formData }) => setBody(formData)}
        onSubmit={({ formData }) => void submit(formData)}
      >
        {/* The button stands beside the form, next to what it sends. */}
        <span hidden />
      </Form>
      <div class="console-result">
        <h2>What is sent</h2>
        <Scrolling label="Body of the request">{JSON.stringify(withoutGaps(body), null, 2)}</Scrolling>
        <button
          type="submit"
          form="body-form"
          class="send"
          disabled={sending || problemWithUrl(target.url) !== undefined}
        >
          {sending ? "Sending…" : "Send"}
        </button>
        <Answer outcome={outcome} violations={violations} />
      </div>
    </>
  );
}
