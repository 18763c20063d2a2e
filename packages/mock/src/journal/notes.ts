import type { JournalEntry } from "../store/journal-entry.ts";
import type { Recorded, Store } from "../store/store.ts";
import type { MockAnswer } from "../wire/answer.ts";
import { asRefusal } from "../wire/refusal.ts";
import { createJournal, type Journal } from "./journal.ts";
import type { NotedRequest } from "./noted-request.ts";

interface NotesOptions {
  readonly store: Store;
  readonly journalSize: number;
  readonly earlier: readonly Recorded[];
  readonly onRequest: ((entry: JournalEntry) => void) | undefined;
}

/** Records requests in the journal, and in the store if it keeps them. */
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

  /** Whether a request must be stored before its answer is sent. */
  get areKept(): boolean {
    return this.#store.record !== undefined;
  }

  /** Records a request only in the journal. */
  enter(noted: NotedRequest, id?: number): void {
    this.journal.add(noted, id);
    const told = this.#onRequest;
    if (told === undefined) return;
    try {
      told(noted.entry);
    } catch (error) {
      // An error in the caller's function must not affect the request.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  /** Also stores a request. Returns the answer to send: a refusal if the store cannot keep it. */
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
