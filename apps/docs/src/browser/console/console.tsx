import { useEffect, useState } from "preact/hooks";
import type { ConsoleData } from "../../try/console-data.ts";
import { OperationForm } from "./operation-form.tsx";
import type { Target } from "./target.ts";
import { problemWithUrl } from "./target.ts";

function operationInUrl(data: ConsoleData, otherwise: number): number {
  const index = data.operations.findIndex(({ id }) => `#${id}` === location.hash);
  return index === -1 ? otherwise : index;
}

/** Where to, which operation, and the form for it. */
export function Console({ data, root }: { data: ConsoleData; root: string }) {
  const [index, setIndex] = useState(operationInUrl(data, 0));
  const [target, setTarget] = useState<Target>({
    url: data.baseUrl,
    user: data.user,
    password: data.password,
  });
  useEffect(() => {
    const follow = (): void => setIndex((now) => operationInUrl(data, now));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [data]);
  const operation = data.operations[index];
  if (operation === undefined) return <p>There is no operation that takes a body.</p>;
  const change = (part: Partial<Target>): void => setTarget({ ...target, ...part });
  const problem = problemWithUrl(target.url);
  return (
    <div class="console">
      <div class="console-target">
        <label>
          Operation
          <select
            value={String(index)}
            onChange={(event) => {
              const chosen = data.operations[Number(event.currentTarget.value)];
              if (chosen !== undefined) location.hash = chosen.id;
            }}
          >
            {data.operations.map(({ id, title }, number) => (
              <option key={id} value={String(number)}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label>
          Server
          <input
            type="url"
            value={target.url}
            aria-invalid={problem !== undefined}
            aria-describedby="server-problem"
            onInput={(event) => change({ url: event.currentTarget.value.trim() })}
          />
        </label>
        <label>
          Client ID
          <input
            value={target.user}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => change({ user: event.currentTarget.value })}
          />
        </label>
        <label>
          API key
          <input
            type="password"
            value={target.password}
            autocomplete="off"
            onInput={(event) => change({ password: event.currentTarget.value })}
          />
        </label>
        <p id="server-problem" class="problem" role="status">
          {problem}
        </p>
      </div>
      <p class="console-about">
        <code>
          {operation.method} {operation.path}
        </code>{" "}
        <a href={root + operation.page}>What the fields mean</a>
      </p>
      <OperationForm key={operation.id} operation={operation} target={target} />
    </div>
  );
}
