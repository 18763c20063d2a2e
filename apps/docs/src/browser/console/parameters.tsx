import type { ConsoleOperation } from "../../try/console-data.ts";
import type { FormField } from "../../try/form-field.ts";
import { parameterName } from "./draft.ts";

/** Which parameters to show: path, query and required headers, or optional headers. */
type Part = "first" | "last";

interface ParametersProps {
  readonly part: Part;
  readonly operation: ConsoleOperation;
  readonly values: Readonly<Record<string, string>>;
  readonly change: (values: Readonly<Record<string, string>>) => void;
}

/** The parameters of path, query and headers. Empty ones are not sent. */
export function Parameters({ part, operation, values, change }: ParametersProps) {
  const places = ["path", "query", "header"] as const;
  return (
    <>
      {places.flatMap((place) =>
        ofPart(operation.parameters[place], place, part).map(({ name, description, required }) => {
          const key = parameterName(place, name);
          const id = `${place}_${name}`;
          return (
            <div class="field" key={key}>
              <label htmlFor={id}>
                {name} <small>{`${place}, ${required ? "required" : "optional"}`}</small>
              </label>
              <p id={`${id}-about`} class="field-description">
                {description}
              </p>
              <input
                id={id}
                aria-describedby={`${id}-about`}
                autocomplete="off"
                spellcheck={false}
                value={values[key] ?? ""}
                onInput={(event) => change({ ...values, [key]: event.currentTarget.value })}
              />
            </div>
          );
        }),
      )}
    </>
  );
}

/** The fields for one kind of parameter, required ones first. */
function ofPart(fields: readonly FormField[], place: "path" | "query" | "header", part: Part): FormField[] {
  const isLast = ({ required }: FormField): boolean => place === "header" && !required;
  return fields
    .filter((field) => isLast(field) === (part === "last"))
    .sort((a, b) => Number(b.required) - Number(a.required));
}
