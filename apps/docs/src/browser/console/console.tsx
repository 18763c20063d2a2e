import { useEffect, useState } from "preact/hooks";
import type { ConsoleData, ConsoleOperation } from "../../try/console-data.ts";
import { type Draft, draftOf } from "./draft.ts";
import { type Entry, History } from "./history.tsx";
import { OperationRequest } from "./operation-request.tsx";
import type { Outcome } from "./send.ts";
import { problemWithUrl, type Target } from "./target.ts";

function operationInUrl(data: ConsoleData): ConsoleOperation | undefined {
  return data.operations.find(({ id }) => `#${id}` === location.hash);
}

/** How many requests are kept in the history. */
const REMEMBERED = 20;

/**
 * The target, the selected operation and its form. The input of each operation is kept when another one is selected.
 */
export function Console({ data, root }: { data: ConsoleData; root: string }) {
  const [chosen, setChosen] = useState(operationInUrl(data) ?? data.operations[0]);
  const [target, setTarget] = useState<Target>({
    url: data.baseUrl,
    user: data.user,
    password: data.password,
  });
  const [examples, setExamples] = useState<Readonly<Record<string, number>>>({});
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const [outcomes, setOutcomes] = useState<Readonly<Record<string, Outcome | undefined>>>({});
  const [history, setHistory] = useState<readonly Entry[]>([]);
  useEffect(() => {
    const follow = (): void => setChosen((now) => operationInUrl(data) ?? now);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [data]);
  if (chosen === undefined) return <p>There is no operation.</p>;

  const example = examples[chosen.id] ?? 0;
  const place = `${chosen.id} ${example}`;
  const draft = drafts[place] ?? draftOf(chosen, example);
  // Generate the key once, not each time the console is drawn.
  if (drafts[place] === undefined) setDrafts({ ...drafts, [place]: draft });
  const change = (next: Draft): void => setDrafts({ ...drafts, [place]: next });

  const done = (outcome: Outcome): void => {
    setOutcomes({ ...outcomes, [place]: outcome });
    const entry = {
      number: (history[0]?.number ?? 0) + 1,
      time: new Date().toTimeString().slice(0, 8),
      operation: chosen.id,
      title: chosen.title,
      draft,
      outcome,
    };
    setHistory([entry, ...history].slice(0, REMEMBERED));
  };

  const open = (entry: Entry): void => {
    const now = `${entry.operation} ${examples[entry.operation] ?? 0}`;
    setDrafts({ ...drafts, [now]: entry.draft });
    setOutcomes({ ...outcomes, [now]: entry.outcome });
    location.hash = entry.operation;
  };

  return (
    <div class="console">
      <TargetFields data={data} chosen={chosen} target={target} change={setTarget} />
      <p class="console-about">
        <code>
          {chosen.method} {chosen.path}
        </code>{" "}
        <a href={root + chosen.page}>What the fields mean</a>
      </p>
      {chosen.body === undefined ? undefined : (
        <fieldset class="console-examples">
          <legend>Start from</legend>
          {chosen.body.examples.map(({ title }, index) => (
            <button
              key={title}
              type="button"
              aria-pressed={index === example}
              onClick={() => setExamples({ ...examples, [chosen.id]: index })}
            >
              {title}
            </button>
          ))}
          <button type="button" class="reset" onClick={() => change(draftOf(chosen, example))}>
            Undo my edits
          </button>
        </fieldset>
      )}
      <OperationRequest
        key={chosen.id}
        operation={chosen}
        target={target}
        draft={draft}
        outcome={outcomes[place]}
        change={change}
        done={done}
      />
      <History entries={history} open={open} />
    </div>
  );
}

interface TargetFieldsProps {
  readonly data: ConsoleData;
  readonly chosen: ConsoleOperation;
  readonly target: Target;
  readonly change: (target: Target) => void;
}

/** On a phone the settings would fill the window, so they are collapsed into a summary. */
const NARROW = matchMedia("(max-width: 60rem)");

function TargetFields({ data, chosen, target, change }: TargetFieldsProps) {
  const problem = problemWithUrl(target.url);
  const [isNarrow, setNarrow] = useState(NARROW.matches);
  useEffect(() => {
    const follow = (): void => setNarrow(NARROW.matches);
    NARROW.addEventListener("change", follow);
    return () => NARROW.removeEventListener("change", follow);
  }, []);
  const fields = <ServerFields target={target} change={change} problem={problem} />;
  return (
    <div class="console-target">
      <label>
        Operation
        <select
          value={chosen.id}
          onChange={(event) => {
            location.hash = event.currentTarget.value;
          }}
        >
          {[...Map.groupBy(data.operations, ({ group }) => group)].map(([group, operations]) => (
            <optgroup key={group} label={group}>
              {operations.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      {isNarrow ? (
        <details class="console-server">
          <summary>
            {problem ?? `To ${target.url} as ${target.user === "" ? "nobody" : target.user}. Change`}
          </summary>
          {fields}
        </details>
      ) : (
        fields
      )}
    </div>
  );
}

function ServerFields({
  target,
  change,
  problem,
}: Pick<TargetFieldsProps, "target" | "change"> & { problem: string | undefined }) {
  return (
    <>
      <label>
        Server
        <input
          type="url"
          value={target.url}
          aria-invalid={problem !== undefined}
          aria-describedby="server-problem"
          onInput={(event) => change({ ...target, url: event.currentTarget.value.trim() })}
        />
      </label>
      <label>
        Client ID
        <input
          value={target.user}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => change({ ...target, user: event.currentTarget.value })}
        />
      </label>
      <label>
        API key
        <input
          type="password"
          value={target.password}
          autocomplete="off"
          onInput={(event) => change({ ...target, password: event.currentTarget.value })}
        />
      </label>
      <p id="server-problem" class="problem" role="status">
        {problem}
      </p>
    </>
  );
}
