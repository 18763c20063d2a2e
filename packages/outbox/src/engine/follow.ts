import { storableName } from "../storable.ts";
import type { Context } from "./context.ts";
import { readFollowUp } from "./read-follow-ups.ts";
import { foundObject, seenObject } from "./seen-object.ts";

/** An event of the API, as returned by the client's `verifyWebhook`. */
export interface ReceivedEvent {
  /** The same for each delivery of one event. */
  readonly deliveryId: string;
  /** What it is about; absent if the event does not say. */
  readonly resource?: { readonly kind: string; readonly id: string } | undefined;
}

/** Tracks the objects that the API has created. */
export class Follower {
  readonly #context: Context;
  /** Objects that are being read, and whether they must be read again. */
  readonly #busy = new Map<string, { again: boolean; done: Promise<void> }>();

  constructor(context: Context) {
    this.#context = context;
  }

  async apply({ deliveryId, resource }: ReceivedEvent): Promise<void> {
    const { store, clock } = this.#context;
    if (!(await store.isNewEvent(deliveryId))) return;
    if (resource !== undefined) await this.#follow(resource.kind, resource.id);
    // Last: a process that dies before this receives the event again.
    await store.keepEvent(deliveryId, clock.wall());
  }

  /** Reads an object once at a time: of two overlapping reads, the older answer could be stored last. */
  async #follow(kind: string, id: string): Promise<void> {
    const busy = this.#busy.get(id);
    if (busy !== undefined) {
      busy.again = true;
      return busy.done;
    }
    const state = { again: true, done: Promise.resolve() };
    state.done = (async () => {
      while (state.again) {
        state.again = false;
        await this.#read(kind, id);
      }
    })().finally(() => this.#busy.delete(id));
    this.#busy.set(id, state);
    return state.done;
  }

  async #read(name: string, id: string): Promise<void> {
    const { api, store, reader, serverClock } = this.#context;
    const call = api.calls.find(({ kind }) => kind.name === name);
    if (call === undefined) {
      const followUps = await readFollowUp(this.#context, name, id);
      if (followUps.length > 0) await store.foldFollowUps(followUps, serverClock.read());
      return;
    }
    if (call.kind.read === undefined) return;
    const item = await reader.read(call.kind, id);
    const seen = seenObject(item, call.kind);
    if (seen === undefined || seen.id !== storableName(id)) return;
    const marked = foundObject(item, call.kind, api);
    const reference = marked?.reference ?? (await store.ownerOf(seen.id));
    if (reference === undefined) return;
    const makers = api.calls.filter(({ kind }) => kind.name === name).map((maker) => maker.name);
    const { unknown } = await store.fold(
      [{ ...seen, reference, digest: marked?.digest, calls: makers }],
      serverClock.read(),
    );
    const { hasSent } = await store.status();
    if (unknown.length === 0 || !hasSent) return;
    await store.stop(
      `An event reports ${id} for ${reference}, which this store has not sent. It was restored from a backup, or another store uses the same IDs`,
    );
  }
}
