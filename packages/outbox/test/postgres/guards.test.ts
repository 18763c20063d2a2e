import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type PostgresServer, startPostgres } from "@dots-payouts/postgres-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Bench } from "../api/bench.ts";
import { copyWithout } from "../guards/copy-without.ts";
import * as lists from "../guards/list-scenarios.ts";
import { play } from "../guards/play.ts";
import type { Scenario } from "../guards/scenarios.ts";
import * as scenarios from "../guards/scenarios.ts";
import { movablePlaces } from "./places.ts";
import { GUARDS, isFilledWithoutSettings } from "./scenarios.ts";

const SOURCE = fileURLToPath(new URL("../../src", import.meta.url));
const COPIES = fileURLToPath(new URL("../../.guards-postgres", import.meta.url));

let server: PostgresServer;

beforeAll(async () => {
  rmSync(COPIES, { recursive: true, force: true });
  server = await startPostgres({ settings: ["fsync=on"] });
  Bench.makePlace = movablePlaces(server);
});
afterAll(async () => {
  Bench.makePlace = undefined;
  rmSync(COPIES, { recursive: true, force: true });
  await server.close();
});

/**
 * The rules are the same code as for a file. These also depend on how PostgreSQL claims, looks up and keeps the time.
 */
const PLAYED: Readonly<Record<string, Scenario>> = {
  "a key is too old": scenarios.keyTooOld,
  "a key is nearly too old": scenarios.keyNearlyTooOld,
  "a key is too old by the API's clock": scenarios.keyTooOldForApi,
  "other credentials": scenarios.otherCredentials,
  "a request without a key": scenarios.withoutKey,
  "refused with an open attempt": scenarios.refusedBesideOpen,
  "settled too early": scenarios.settledTooEarly,
  "settled by one clock": scenarios.settledByOneClock,
  "settled by the list of others": lists.settledByOthers,
  "over the limit": scenarios.overTheLimit,
  "an API that does not tell the time": scenarios.apiDoesNotTellTime,
  "asked to wait": scenarios.askedToWait,
  "two objects of one row": scenarios.paidTwiceIsSaid,
  "a backup without settings": isFilledWithoutSettings,
};

describe.concurrent("in PostgreSQL, nothing is paid twice and nothing is reported wrongly:", () => {
  it.each(Object.entries(PLAYED))("%s", async (_, scenario) => {
    expect(await play(scenario, SOURCE)).toBeUndefined();
  });
});

describe.concurrent("each guard of PostgreSQL holds, and a scenario fails without it:", () => {
  it.each(GUARDS.map((guard, number) => ({ ...guard, number })))(
    "$name",
    async ({ scenario, without, number }) => {
      expect(await play(scenario, SOURCE)).toBeUndefined();
      const harm = await play(scenario, copyWithout(without, SOURCE, join(COPIES, String(number))));
      expect(harm, "nothing noticed that the guard was removed").toBeDefined();
    },
  );
});
