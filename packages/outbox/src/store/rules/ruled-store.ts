import type { Reading } from "../../ledger/age.ts";
import type { SeenFollowUp } from "../../ledger/follow-up.ts";
import type { HistoryEntry, Intent, NewIntent, State } from "../../ledger/intent.ts";
import type { Acknowledgement, Finding, Move } from "../changes.ts";
import type { Entry, Limits, LogEntry } from "../settings.ts";
import type { FateTally, Tally } from "../status.ts";
import type { Work } from "../work.ts";
import { acknowledge, retry, settle } from "./decisions.ts";
import { foldFollowUps, isNewEvent } from "./findings.ts";
import { alarmedIntents, fatesOf, findIntent, historyOf, listPage, tallyOf } from "./intents.ts";
import { ownerOf } from "./objects.ts";
import { enter, logOf } from "./settings.ts";
import { sweep } from "./sweep.ts";

/** The part of a store that only needs the rules, whatever its database. */
export abstract class RuledStore {
  /** Does work in one transaction, on the ledger's clock. */
  protected abstract perform<Result>(now: Reading, work: (time: Reading) => Work<Result>): Promise<Result>;

  /** Does work that changes nothing. */
  protected abstract read<Result>(work: () => Work<Result>): Promise<Result>;

  enter(entry: Entry, now: Reading): Promise<Limits> {
    return this.perform(now, (time) => enter(entry, time));
  }

  sweep(now: Reading, client: string, apart: number): Promise<Move[]> {
    return this.perform(now, (time) => sweep(time, client, apart));
  }

  foldFollowUps(seen: readonly SeenFollowUp[], now: Reading): Promise<void> {
    return this.perform(now, (time) => foldFollowUps(seen, time));
  }

  ownerOf(object: string): Promise<string | undefined> {
    return this.read(() => ownerOf(object));
  }

  isNewEvent(id: string): Promise<boolean> {
    return this.read(() => isNewEvent(id));
  }

  settle(finding: Finding, now: Reading): Promise<Move> {
    return this.perform(now, (time) => settle(finding, time));
  }

  acknowledge(acknowledgement: Acknowledgement, now: Reading): Promise<string> {
    return this.perform(now, (time) => acknowledge(acknowledgement, time));
  }

  retry(
    id: string,
    compose: (generation: number, given: string) => NewIntent,
    who: string | undefined,
    now: Reading,
  ): Promise<Move> {
    return this.perform(now, (time) => retry(id, compose, who, time));
  }

  tally(): Promise<Tally[]> {
    return this.read(tallyOf);
  }

  fates(): Promise<FateTally[]> {
    return this.read(fatesOf);
  }

  find(id: string): Promise<Intent | undefined> {
    return this.read(() => findIntent(id));
  }

  async *list(states: readonly State[] | undefined): AsyncIterable<Intent> {
    let after: number | undefined = 0;
    while (after !== undefined) {
      const from: number = after;
      const page = await this.read(() => listPage(states, from));
      yield* page.intents;
      after = page.next;
    }
  }

  alarms(): Promise<Intent[]> {
    return this.read(alarmedIntents);
  }

  history(id: string): Promise<HistoryEntry[]> {
    return this.read(() => historyOf(id));
  }

  log(): Promise<LogEntry[]> {
    return this.read(logOf);
  }
}
