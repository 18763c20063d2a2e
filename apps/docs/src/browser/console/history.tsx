import type { Draft } from "./draft.ts";
import type { Outcome } from "./send.ts";

/** A request that this page has sent, and its outcome. Only kept in memory. */
export interface Entry {
  readonly number: number;
  readonly time: string;
  readonly operation: string;
  readonly title: string;
  readonly draft: Draft;
  readonly outcome: Outcome;
}

interface HistoryProps {
  readonly entries: readonly Entry[];
  readonly open: (entry: Entry) => void;
}

/** The requests sent so far, newest first, to view or send again. */
export function History({ entries, open }: HistoryProps) {
  if (entries.length === 0) return null;
  return (
    <section class="history" aria-labelledby="history-title">
      <h2 id="history-title">Sent before</h2>
      <ol>
        {entries.map((entry) => (
          <li key={entry.number}>
            <button type="button" class="small" onClick={() => open(entry)}>
              {`${entry.time} ${entry.title}: ${entry.outcome.kind === "answer" ? entry.outcome.status : "no answer"}`}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
