import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { Bench } from "../api/bench.ts";
import { SOURCE } from "../guards/copy-without.ts";
import { guardsHold } from "../guards/hold.ts";
import * as lists from "../guards/list-scenarios.ts";
import { play } from "../guards/play.ts";
import type { Scenario } from "../guards/scenarios.ts";
import * as scenarios from "../guards/scenarios.ts";
import { movablePlaces } from "./places.ts";
import { GUARDS, isFilledWithoutSettings } from "./scenarios.ts";
import { sharedServer } from "./servers.ts";

const places = movablePlaces(sharedServer());
beforeAll(() => {
  Bench.makePlace = places.make;
});
afterAll(() => {
  Bench.makePlace = undefined;
  places.remove();
});

/**
 * The rules are the same code as for a file. These also depend on how PostgreSQL claims, looks up and keeps the time.
 */
const PLAYED: Readonly<Record<string, Scenario>> = {
  "a key is too old": scenarios.keyTooOld,
  "a key is too old by the API's clock": scenarios.keyTooOldForApi,
  "other credentials": scenarios.otherCredentials,
  "a request without a key": scenarios.withoutKey,
  "refused with an open attempt": scenarios.refusedBesideOpen,
  "settled too early": scenarios.settledTooEarly,
  "two objects of one row": scenarios.paidTwiceIsSaid,
};

/** Played in the full run. What they depend on in PostgreSQL has other tests here. */
const MORE: typeof PLAYED = {
  "a key is nearly too old": scenarios.keyNearlyTooOld,
  "settled by one clock": scenarios.settledByOneClock,
  "settled by the list of others": lists.settledByOthers,
  "over the limit": scenarios.overTheLimit,
  "an API that does not tell the time": scenarios.apiDoesNotTellTime,
  "asked to wait": scenarios.askedToWait,
  "a backup without settings": isFilledWithoutSettings,
};

describe.concurrent("in PostgreSQL, nothing is paid twice and nothing is reported wrongly:", () => {
  it.each(Object.entries(inject("isFull") ? { ...PLAYED, ...MORE } : PLAYED))("%s", async (_, scenario) => {
    expect(await play(scenario, SOURCE)).toBeUndefined();
  });
});

guardsHold(GUARDS, fileURLToPath(new URL("../../.guards-postgres", import.meta.url)));
