import type { Recorded, Store } from "../store/store.ts";
import type { MockAnswer } from "../wire/answer.ts";
import { asRefusal } from "../wire/refusal.ts";
import type { JournalEntry } from "./entry.ts";
import { createJournal, type Journal } from "./journal.ts";
import type { NotedRequest } from "./noted-request.ts";

interface NotesOptions {
  readonly store: Store;
  readonly journalSize: number;
  readonly earlier: readonly Recorded[];
  readonly onRequest: ((entry: JournalEntry) => void) | undefined;
}

/** Enters requests in the journal, and in the store where it keeps them. */
export class Notes {
  readonly journal: Journal;
  readonly #store: Store;
  readonly #onRequest: NotesOptions["onRequest"];

  constructor({ store, journalSize, earlier, onRequest }: NotesOptions) {
    this.#store = store;
    this.#onRequest = onRequest;
    this.journal = createJournal({
      most: journalSize,
      earlier,
      isNumbered: store.record !== undefined,
      nameOf: store.nameOf,
    });
    store.follow?.((news) => {
      if ("forgotten" in news) this.journal.forget(news.forgotten);
      else this.journal.join(news);
    });
  }

  /** Whether a request has to be kept in the store before its answer is sent. */
  get areKept(): boolean {
    return this.#store.record !== undefined;
  }

  /** Enters a request in the journal alone. */
  enter(noted: NotedRequest, id?: number): void {
    this.journal.add(noted, id);
    const told = this.#onRequest;
    if (told === undefined) return;
    try {
      told(noted.entry);
    } catch (error) {
      // The error of a caller's own function is theirs to see, and not at the cost of the request.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  /** Keeps a request in the store too. Returns what is sent: a refusal where the store cannot keep it. */
  async keep(noted: NotedRequest, answer: MockAnswer): Promise<MockAnswer> {
    try {
      this.enter(noted, await this.#store.record?.(noted));
      return answer;
    } catch (error) {
      const refusal = asRefusal(error);
      noted.amend(refusal);
      this.enter(noted);
      return refusal.toAnswer();
    }
  }
}
