import type { ConsoleOperation } from "../../try/console-data.ts";
import { parameterName } from "./draft.ts";

interface ParametersProps {
  readonly operation: ConsoleOperation;
  readonly values: Readonly<Record<string, string>>;
  readonly change: (values: Readonly<Record<string, string>>) => void;
}

/** The parameters of path, query and headers. An empty one is not sent. */
export function Parameters({ operation, values, change }: ParametersProps) {
  const places = ["path", "query", "header"] as const;
  return (
    <>
      {places.flatMap((place) =>
        operation.parameters[place].map(({ name, description, required }) => {
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
