import { person, request } from "../api/rows.ts";
import type { Edit } from "./copy-without.ts";
import * as lists from "./list-scenarios.ts";
import type { Scenario } from "./scenarios.ts";
import * as scenarios from "./scenarios.ts";

/** A guard of the state machine, how to remove it, and the scenario that then does harm. */
export interface Guard {
  readonly name: string;
  readonly without: readonly Edit[];
  readonly scenario: Scenario;
  /** It changes something that the whole process shares, so it runs alone. */
  readonly alone?: true;
  /** It is removed in every run, not only in the full one. */
  readonly sampled?: true;
}

export const GUARDS: readonly Guard[] = [
  {
    name: "an attempt is on disk before its request is sent",
    without: [
      {
        file: "store/sqlite/file.ts",
        find: `this.#database.exec("COMMIT");`,
        put: `if (!this.#late) this.#database.exec("COMMIT"); else setTimeout(() => this.#database.exec("COMMIT"), 10_000);`,
      },
      {
        file: "store/sqlite/file.ts",
        find: "readonly #inode: bigint;",
        put: 'readonly #inode: bigint;\n  get #late(): boolean { return number(this.sql.get("SELECT count(*) AS n FROM outbox_attempt"), "n") > 0; }',
      },
    ],
    sampled: true,
    scenario: scenarios.diesAfterSending,
  },
  {
    name: "one sender at a time",
    without: [{ file: "store/sqlite/sender-lock.ts", find: "BEGIN EXCLUSIVE", put: "BEGIN" }],
    scenario: scenarios.twoSenders,
  },
  {
    name: "a claim whose commit was not confirmed is not sent",
    without: [
      {
        file: "store/sqlite/file.ts",
        find: `this.#database.exec("COMMIT");`,
        put: `try { this.#database.exec("COMMIT"); } catch { this.#database.exec("ROLLBACK"); }`,
      },
    ],
    scenario: scenarios.commitFails,
    alone: true,
  },
  {
    name: "a commit is on disk before it counts",
    without: [{ file: "store/sqlite/file.ts", find: `isWal ? "FULL"`, put: `isWal ? "NORMAL"` }],
    scenario: scenarios.overTheLimit,
  },
  {
    name: "a sender that was paused does not send",
    without: [
      {
        file: "sending/sending.ts",
        find: "elapsed(asked, clock) >= times.budget",
        put: "elapsed(asked, clock) < 0",
      },
    ],
    scenario: scenarios.lateSender,
    alone: true,
  },
  {
    name: "a key is not sent again past its lifetime",
    without: [{ file: "ledger/age.ts", find: "return ageOf(first, now) < window;", put: "return true;" }],
    sampled: true,
    scenario: scenarios.keyTooOld,
  },
  {
    name: "the window ends before the lifetime does",
    without: [{ file: "ledger/times.ts", find: "lifetime - margin", put: "lifetime" }],
    scenario: scenarios.keyNearlyTooOld,
  },
  {
    name: "a key is as old as the older clock says",
    without: [
      { file: "ledger/age.ts", find: "Math.abs(now.server - now.ledger) > apart", put: "apart < 0" },
      {
        file: "ledger/age.ts",
        find: "Math.max(now.ledger - first.ledger, byServer)",
        put: "now.ledger - first.ledger",
      },
      { file: "store/rules/sweep.ts", find: "Math.abs(now.server - now.ledger) > apart", put: "apart < 0" },
    ],
    scenario: scenarios.keyTooOldForApi,
  },
  {
    name: "nothing is sent again while the age of its key is unknown",
    without: [
      {
        file: "sending/sending.ts",
        find: "const resend = serverClock.isRecent;",
        put: "const resend = true;",
      },
      {
        file: "ledger/age.ts",
        find: "if (first.server === undefined || now.server === undefined) return false;",
        put: "if (first.server === undefined || now.server === undefined) return true;",
      },
    ],
    scenario: scenarios.apiDoesNotTellTime,
  },
  {
    name: "a key is not relied on under other credentials",
    without: [
      { file: "store/sqlite/claims.ts", find: `text(last, "client") === client &&`, put: "" },
      { file: "store/rules/sweep.ts", find: `text(row, "last_client") !== client`, put: "false" },
    ],
    scenario: scenarios.otherCredentials,
  },
  {
    name: "a request is only sent as the client that it was claimed for",
    without: [
      {
        file: "api/client-sender.ts",
        find: "(await accountMark(dots)) !== client",
        put: "client === undefined",
      },
      {
        file: "api/client-sender.ts",
        find: "const stored = {",
        put: "if (keyAge !== 0.5) return { idempotencyKey: key, keyIsNew: keyAge === undefined };\n  const stored = {",
      },
    ],
    scenario: scenarios.clientChanges,
  },
  {
    name: "a request without a key is sent once",
    without: [
      {
        file: "store/rules/answers.ts",
        find: `optionalText(attempt, "key") === undefined ||`,
        put: "",
      },
      {
        file: "store/sqlite/claims.ts",
        find: "state = 'sending' AND key IS NOT NULL AND lease <= ? AND due <= ?",
        put: "state = 'sending' AND lease <= ? AND due <= ?",
      },
      {
        file: "store/sqlite/claims.ts",
        find: "(state = 'sending' AND key IS NOT NULL AND lease <= ?)",
        put: "(state = 'sending' AND lease <= ?)",
      },
      {
        file: "store/rules/freshness.ts",
        find: "if (firstAt === undefined) return true;",
        put: `if (firstAt === undefined || optionalText(row, "key") === undefined) return true;`,
      },
      {
        file: "store/rules/sweep.ts",
        find: `if (optionalText(row, "key") === undefined) {`,
        put: "if (now.ledger < 0) {",
      },
    ],
    scenario: scenarios.withoutKey,
  },
  {
    name: "a row is refused only if no other attempt of its key is open",
    without: [
      {
        file: "store/rules/answers.ts",
        find: `(yield* openAttempts(row)) > 0 || number(row, "restored") === 1`,
        put: `number(row, "restored") === 1`,
      },
    ],
    scenario: scenarios.refusedBesideOpen,
  },
  {
    name: "a 409 leaves the attempt open",
    without: [{ file: "engine/classify.ts", find: "  409, //", put: "  //" }],
    scenario: scenarios.busyAndLate,
  },
  {
    name: "an unresolved row gets no new key",
    without: [
      {
        file: "store/rules/decisions.ts",
        find: `state !== "refused" && state !== "settled-not-paid" && !isVoid`,
        put: "state === undefined && !isVoid",
      },
    ],
    scenario: scenarios.newKeyForUnresolved,
  },
  {
    name: "the list is read before a row gets a new key",
    without: [
      {
        file: "decisions.ts",
        find: "await this.#look([intent]);\n    return this.renew",
        put: "return this.renew",
      },
      {
        file: "store/rules/decisions.ts",
        find: `if (number(row, "findable") === 1 && looked === undefined)`,
        put: "if (looked === -1)",
      },
      { file: "sending/prepare.ts", find: "await askList(", put: "if (false) await askList(" },
    ],
    scenario: scenarios.refusedButMade,
  },
  {
    name: "a new key waits until the old request can no longer be carried out",
    without: [
      { file: "store/rules/decisions.ts", find: "!isQuiet(row, now)", put: "now.ledger < 0" },
      {
        file: "store/rules/findings.ts",
        find: "AND quiet_at < ? AND (quiet_server IS NULL OR quiet_server < ?)",
        put: "AND (? IS NOT NULL OR ? IS NULL)",
      },
    ],
    scenario: scenarios.retryWithoutLook,
  },
  {
    name: "nobody settles before the last request can no longer be carried out",
    without: [
      { file: "ledger/age.ts", find: "if (now.ledger <= until.ledger) return false;", put: "return true;" },
      {
        file: "store/rules/findings.ts",
        find: "AND quiet_at < ? AND (quiet_server IS NULL OR quiet_server < ?)",
        put: "AND (? IS NOT NULL OR ? IS NULL)",
      },
    ],
    scenario: scenarios.settledTooEarly,
  },
  {
    name: "quiet is what both clocks call quiet",
    without: [
      {
        file: "ledger/age.ts",
        find: "return until.server === undefined || (now.server !== undefined && now.server > until.server);",
        put: "return true;",
      },
    ],
    scenario: scenarios.settledByOneClock,
  },
  {
    name: "a list says nothing about what another client has sent",
    without: [{ file: "store/rules/findings.ts", find: "a.client <> ?", put: "a.client = ? AND 1 = 0" }],
    scenario: lists.settledByOthers,
  },
  {
    name: "a list is read to its end before a missing row counts",
    without: [{ file: "engine/look-up.ts", find: `reach === "enough" && order.isNewestFirst`, put: "true" }],
    scenario: lists.settledByFirstPage,
  },
  {
    name: "a list is read to its end unless it certainly starts with the newest",
    without: [{ file: "engine/look-up.ts", find: "return this.#pages > 1 &&", put: "return true ||" }],
    scenario: lists.sentAfterFirstPage,
  },
  {
    name: "an empty page is not the end",
    without: [
      {
        file: "api/client-reader.ts",
        find: "if (more === undefined && after.from === undefined) return undefined;",
        put: "return undefined;",
      },
    ],
    scenario: lists.settledByEmptyPage,
  },
  {
    name: "rows that the list can't show are not settled by the list",
    without: [
      { file: "store/rules/decisions.ts", find: `number(row, "findable") === 0`, put: "byNobody" },
      {
        file: "store/rules/decisions.ts",
        find: "function requireShown(",
        put: "const byNobody = false;\nfunction requireShown(",
      },
      { file: "store/rules/decisions.ts", find: `number(row, "list_shows") === 0`, put: "byNobody" },
    ],
    scenario: lists.settledUnseen,
  },
  {
    name: "a list that shows nothing of ours proves nothing",
    without: [
      {
        file: "store/rules/decisions.ts",
        find: `number(row, "list_shows") === 0`,
        put: "now === undefined",
      },
      {
        file: "store/rules/decisions.ts",
        find: "function requireShown(",
        put: "const now = 0;\nfunction requireShown(",
      },
    ],
    scenario: lists.settledByBlankList,
  },
  {
    name: "a store that was overwritten by a backup is noticed",
    without: [{ file: "sending/prepare.ts", find: "if (first === undefined ||", put: "if (true ||" }],
    scenario: scenarios.restoredInPlace,
  },
  {
    name: "a store that is behind its witness is noticed",
    without: [
      { file: "store/sqlite/ledger.ts", find: `seen.mark > number(ledger, "mark")`, put: "seen.mark < 0" },
    ],
    scenario: scenarios.restoredBehind,
  },
  {
    name: "recover raises the mark beyond all earlier ones",
    without: [
      {
        file: "store/sqlite/sqlite-store.ts",
        find: "mark = max(mark, ?) + 1",
        put: "mark = max(mark, ? * 0)",
      },
    ],
    scenario: scenarios.restoredBehind,
  },
  {
    name: "another store in place of one is noticed",
    without: [
      { file: "store/sqlite/ledger.ts", find: `seen.uuid !== text(ledger, "uuid")`, put: "seen.mark < 0" },
      { file: "store/sqlite/ledger.ts", find: `seen.mark > number(ledger, "mark")`, put: "seen.mark < 0" },
    ],
    scenario: scenarios.begunAnew,
  },
  {
    name: "a store that has lost its witness sends nothing",
    without: [
      {
        file: "store/sqlite/ledger.ts",
        find: `number(ledger, "has_sent") === 1\n      ?`,
        put: `number(ledger, "has_sent") > 1\n      ?`,
      },
    ],
    scenario: scenarios.restoredAlone,
  },
  {
    name: "a copy of a store is noticed",
    without: [
      {
        file: "store/sqlite/ledger.ts",
        find: `!file.isSame(text(ledger, "fingerprint"))`,
        put: "ledger === undefined",
      },
    ],
    scenario: scenarios.restoredCopy,
  },
  {
    name: "rows that a restored store calls refused are opened again",
    without: [
      {
        file: "store/rules/decisions.ts",
        find: "WHERE state NOT IN ('accepted', 'settled-paid')",
        put: "WHERE state NOT IN ('accepted', 'settled-paid', 'refused', 'settled-not-paid')",
      },
    ],
    scenario: scenarios.restoredRefusal,
  },
  {
    name: "no refusal is final for a key that was in a restored store",
    without: [{ file: "store/rules/answers.ts", find: `|| number(row, "restored") === 1`, put: "" }],
    scenario: scenarios.refusalAfterRestore,
  },
  {
    name: "a store that does not know an ID reads the list before it sends it",
    without: [{ file: "sending/prepare.ts", find: "await askList(", put: "if (false) await askList(" }],
    scenario: scenarios.ledgerDeleted(request, false),
  },
  {
    name: "an empty file is not a new store",
    without: [
      {
        file: "store/sqlite/file.ts",
        find: "if (statSync(path).size > 0) return;",
        put: "if (path !== undefined) return;",
      },
    ],
    scenario: scenarios.ledgerEmptied,
  },
  {
    name: "a lost store sends the same key again",
    without: [
      {
        file: "ledger/key.ts",
        find: 'createHash("sha1").update(NAMESPACE)',
        put: 'createHash("sha1").update(String(Math.random()))',
      },
    ],
    scenario: scenarios.ledgerDeleted(person, true),
  },
  {
    name: "nothing is sent from a deleted file",
    without: [{ file: "store/sqlite/sqlite-store.ts", find: "this.#file.requireInPlace();", put: "" }],
    scenario: scenarios.deletedMeanwhile,
  },
  {
    name: "no more is paid than allowed",
    without: [{ file: "store/sqlite/claims.ts", find: "amount > left)", put: "amount < 0)" }],
    scenario: scenarios.overTheLimit,
  },
  {
    name: "an API that is down does not make every row unresolved",
    without: [
      {
        file: "sending/pace/health.ts",
        find: "return now < this.#notBefore ? 0 : 1;",
        put: "return concurrency;",
      },
      { file: "sending/pace/health.ts", find: "Math.max(now, this.#notBefore)", put: "now" },
      { file: "sending/pace/health.ts", find: "this.#probes > PROBES", put: "false" },
    ],
    scenario: scenarios.apiIsDown,
  },
  {
    name: "a wait that the API asks for outlives the run",
    without: [
      { file: "store/sqlite/claims.ts", find: "if (now.ledger < notBefore)", put: "if (now.ledger < 0)" },
    ],
    scenario: scenarios.askedToWait,
  },
  {
    name: "one ID has one content",
    without: [
      {
        file: "store/rules/intents.ts",
        find: `text(known, "digest") === digest && text(known, "call") === call`,
        put: "true",
      },
    ],
    scenario: scenarios.otherContent,
  },
  {
    name: "a store belongs to one account",
    without: [
      {
        file: "store/sqlite/ledger.ts",
        find: "describeAccount(own) !== describeAccount(account)",
        put: 'account.baseUrl === ""',
      },
    ],
    scenario: scenarios.otherAccount,
  },
  {
    name: "a limit is a number",
    without: [{ file: "sending/run.ts", find: "requireLimits(options);", put: "" }],
    scenario: scenarios.limitsNothing,
  },
  {
    name: "a limit applies to the next run too",
    without: [
      {
        file: "store/rules/settings.ts",
        find: "if (value === undefined ||",
        put: "if (value !== undefined ||",
      },
    ],
    scenario: scenarios.limitIsForgotten,
  },
  {
    name: "another client does not begin to send",
    without: [
      { file: "store/rules/settings.ts", find: "if (!isNewClient) throw", put: "if (isNewClient) throw" },
    ],
    scenario: scenarios.otherClientBegins,
  },
  {
    name: "a client that was replaced claims nothing",
    without: [
      {
        file: "store/sqlite/sqlite-store.ts",
        find: "client !== undefined && client !== request.client",
        put: 'client === ""',
      },
    ],
    scenario: scenarios.clientIsReplaced,
  },
  {
    name: "a row that another store has paid is an alarm",
    without: [
      {
        file: "store/rules/answers.ts",
        find: "yield* warnOfOthers(row, answer.object, now.ledger);",
        put: "",
      },
    ],
    scenario: scenarios.otherStore,
  },
  {
    name: "a second object is an alarm",
    without: [
      { file: "store/rules/objects.ts", find: "if (others.length > 0) {", put: "if (others.length > 9) {" },
    ],
    scenario: scenarios.paidTwiceIsSaid,
  },
  {
    name: "an answer with another row's reference is not believed",
    without: [
      { file: "engine/doubt.ts", find: "found.reference !== asked.id", put: `found.reference === ""` },
      { file: "engine/doubt.ts", find: "found.digest !== digest", put: `found.digest === ""` },
    ],
    scenario: scenarios.mixedUpAnswer,
  },
];
