import type { Kept } from "../store.ts";
import { oldestFirst } from "./oldest-first.ts";

/**
 * The resources of one owner in memory, from the oldest to the newest. Most are never read: those with a unique ID are
 * kept in a list, and indexed by ID on first access.
 */
export class OwnedResources {
  readonly #byId = new Map<string, Kept>();
  readonly #walk = oldestFirst(this.#byId);
  #waiting: Kept[] = [];
  /** Where the list starts: earlier entries are gone. */
  #start = 0;

  get size(): number {
    return this.#byId.size + this.#waiting.length - this.#start;
  }

  get(id: string): Kept | undefined {
    return this.#settled().get(id);
  }

  /** All of them, from the newest to the oldest. */
  list(): Kept[] {
    return [...this.#settled().values()].reverse();
  }

  /** Adds a new one. @param isNew whether no other has its ID */
  add(kept: Kept, isNew: boolean): void {
    if (isNew) this.#waiting.push(kept);
    else this.set(kept);
  }

  /** Replaces the one with the same ID, or adds it at the end. */
  set(kept: Kept): void {
    this.#settled().set(kept.id, kept);
  }

  delete(id: string): void {
    this.#settled().delete(id);
  }

  /** Removes and returns the oldest. */
  dropOldest(): Kept | undefined {
    const id = this.#walk.oldest();
    if (id !== undefined) {
      const oldest = this.#byId.get(id);
      this.#byId.delete(id);
      return oldest;
    }
    const oldest = this.#waiting[this.#start];
    if (oldest === undefined) return undefined;
    this.#start += 1;
    // Cutting off all removed entries at once is cheaper than shifting each time.
    if (this.#start >= 1_024 && this.#start * 2 > this.#waiting.length) this.#cut();
    return oldest;
  }

  #cut(): void {
    this.#waiting = this.#waiting.slice(this.#start);
    this.#start = 0;
  }

  #settled(): Map<string, Kept> {
    if (this.#waiting.length > 0) {
      for (let index = this.#start; index < this.#waiting.length; index += 1) {
        const kept = this.#waiting[index];
        if (kept !== undefined) this.#byId.set(kept.id, kept);
      }
      this.#waiting = [];
      this.#start = 0;
    }
    return this.#byId;
  }
}
