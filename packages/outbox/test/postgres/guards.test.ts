import { fileURLToPath } from "node:url";
import { type PostgresServer, startPostgres } from "@dots-payouts/postgres-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openOutbox } from "../../src/open-outbox.ts";
import { OutboxError } from "../../src/outbox-error.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { Bench } from "../api/bench.ts";
import * as lists from "../guards/list-scenarios.ts";
import type { Scenario } from "../guards/scenarios.ts";
import * as scenarios from "../guards/scenarios.ts";
import { movablePlaces } from "./places.ts";

const source = {
  folder: fileURLToPath(new URL("../../src", import.meta.url)),
  openOutbox,
  OutboxError,
  SqliteStore,
};
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres({ settings: ["fsync=on"], within: "/dev/shm" });
  Bench.makePlace = movablePlaces(server);
});
afterAll(async () => {
  Bench.makePlace = undefined;
  await server.close();
});

/** What files, and a sender's lock, have to do with is left out. The rules are the same code. */
const PLAYED: Readonly<Record<string, Scenario>> = {
  "a key is too old": scenarios.keyTooOld,
  "a key is nearly too old": scenarios.keyNearlyTooOld,
  "a key is too old by the API's clock": scenarios.keyTooOldForApi,
  "other credentials": scenarios.otherCredentials,
  "a request without a key": scenarios.withoutKey,
  "the client changes": scenarios.clientChanges,
  "refused beside an open attempt": scenarios.refusedBesideOpen,
  "busy, and carried out late": scenarios.busyAndLate,
  "a new key for an unresolved row": scenarios.newKeyForUnresolved,
  "refused, but made": scenarios.refusedButMade,
  "a new key too early": scenarios.retryWithoutLook,
  "settled too early": scenarios.settledTooEarly,
  "settled by one clock": scenarios.settledByOneClock,
  "settled by the list of others": lists.settledByOthers,
  "settled by the first page": lists.settledByFirstPage,
  "settled by an empty page": lists.settledByEmptyPage,
  "settled although the list cannot show it": lists.settledUnseen,
  "settled by a list that shows nothing": lists.settledByBlankList,
  "over the limit": scenarios.overTheLimit,
  "an API that does not tell the time": scenarios.apiDoesNotTellTime,
  "an API that is down": scenarios.apiIsDown,
  "asked to wait": scenarios.askedToWait,
  "other content": scenarios.otherContent,
  "another account": scenarios.otherAccount,
  "a limit that is no number": scenarios.limitsNothing,
  "two objects of one row": scenarios.paidTwiceIsSaid,
};

describe.concurrent("in PostgreSQL, nothing is paid twice and nothing is reported wrongly:", () => {
  it.each(Object.entries(PLAYED))("%s", async (_, scenario) => {
    expect(await scenario(source)).toBeUndefined();
  });
});
