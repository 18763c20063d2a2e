import { STATE_LIST } from "../../rules/states.ts";
import { guards } from "./guards.ts";

/**
 * The first tables, with their constraints and guards.
 * @param s the schema, quoted. It is used everywhere, because a caller that adds rows may have a different search
 * path
 */
export const firstTables = (s: string): string => `
CREATE TABLE ${s}.outbox_ledger (
  one integer PRIMARY KEY CHECK (one = 1),
  -- Which migrations were made, and the oldest program that may still work with what they made.
  version integer NOT NULL,
  needs integer NOT NULL,
  uuid text NOT NULL,
  base_url text NOT NULL,
  -- Options of the client that say for whom it acts, as JSON.
  options text NOT NULL,
  fingerprint text NOT NULL,
  highest bigint NOT NULL DEFAULT 0,
  reserved bigint NOT NULL DEFAULT 0,
  has_sent integer NOT NULL DEFAULT 0,
  -- Grows with each claim. Workers remember it.
  mark bigint NOT NULL DEFAULT 0,
  -- Up to when it knows what was sent from it.
  known_until bigint NOT NULL DEFAULT 0,
  stopped text,
  paused text,
  -- Why no worker sends until a person says so.
  held text,
  -- Until when the API has asked everyone to wait.
  not_before bigint NOT NULL DEFAULT 0,
  -- The rate of all workers together: until when what has left is paid for; how many may leave per second since the API
  -- has asked to slow down, and when that was last raised; how many have left in this second and in the one before.
  paced_until double precision NOT NULL DEFAULT 0,
  pace double precision,
  pace_at bigint NOT NULL DEFAULT 0,
  second bigint NOT NULL DEFAULT 0,
  in_second integer NOT NULL DEFAULT 0,
  in_last_second integer NOT NULL DEFAULT 0,
  tended_at bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 40);

CREATE TABLE ${s}.outbox_intent (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE CHECK (id <> ''),
  call text NOT NULL,
  given text NOT NULL,
  digest text NOT NULL,
  body text NOT NULL,
  key text UNIQUE,
  "window" bigint CHECK ("window" > 0),
  amount bigint NOT NULL CHECK (amount >= 0),
  findable integer NOT NULL,
  generation integer NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN (${STATE_LIST})),
  cause text,
  reason text,
  alarm text,
  who text,
  -- The first attempt of this generation, on the ledger's clock and on the API's.
  first_at bigint,
  first_server bigint,
  due bigint NOT NULL DEFAULT 0,
  lease bigint NOT NULL DEFAULT 0,
  claim bigint,
  tries integer NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  -- From when on the last attempt can no longer be carried out.
  quiet_at bigint NOT NULL DEFAULT 0,
  quiet_server bigint,
  looked_at bigint,
  -- Whether that list has shown references at all.
  list_shows integer NOT NULL DEFAULT 0,
  restored integer NOT NULL DEFAULT 0,
  object text,
  fate text,
  -- The states of what followed from the object, in words.
  followed text,
  added_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  CHECK (state <> 'accepted' OR object IS NOT NULL),
  CHECK (state <> 'sending' OR (first_at IS NOT NULL AND claim IS NOT NULL)),
  CHECK ((key IS NULL) = ("window" IS NULL))
);
CREATE INDEX outbox_intent_pending ON ${s}.outbox_intent (seq) WHERE state = 'pending';
CREATE INDEX outbox_intent_due ON ${s}.outbox_intent (due) WHERE state = 'pending' AND due > 0;
CREATE INDEX outbox_intent_void ON ${s}.outbox_intent (seq)
  WHERE state = 'pending' AND first_at IS NOT NULL AND key IS NOT NULL;
CREATE INDEX outbox_intent_sending ON ${s}.outbox_intent (seq) WHERE state = 'sending';
CREATE INDEX outbox_intent_open ON ${s}.outbox_intent (seq) WHERE state IN ('refused', 'unresolved');
CREATE INDEX outbox_intent_undecided ON ${s}.outbox_intent (first_at)
  WHERE first_at IS NOT NULL AND state IN ('pending', 'sending', 'refused', 'unresolved', 'settled-not-paid');
CREATE INDEX outbox_intent_first ON ${s}.outbox_intent (first_at) WHERE first_at IS NOT NULL;
CREATE INDEX outbox_intent_alarm ON ${s}.outbox_intent (seq) WHERE alarm IS NOT NULL;
-- Counting a million rows reads this alone.
CREATE INDEX outbox_intent_tally ON ${s}.outbox_intent (state) INCLUDE (amount);

CREATE TABLE ${s}.outbox_attempt (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  intent bigint NOT NULL REFERENCES ${s}.outbox_intent (seq),
  generation integer NOT NULL,
  key text,
  "window" bigint,
  client text NOT NULL,
  -- Which worker it was, and in which of its transactions: it alone knows whether it has sent it.
  worker text NOT NULL,
  turn text NOT NULL,
  first_at bigint NOT NULL,
  started bigint NOT NULL,
  started_server bigint,
  deadline bigint NOT NULL,
  closed text CHECK (closed IN ('accepted', 'refused', 'void', 'superseded')),
  answer text,
  -- A key is never sent outside of its window, whatever the code believes.
  CHECK (key IS NULL OR (started >= first_at AND started < first_at + "window"))
);
-- A request without a key is sent once. Only one that surely was not carried out may be followed by another.
CREATE UNIQUE INDEX outbox_attempt_once
  ON ${s}.outbox_attempt (intent, generation) WHERE key IS NULL AND (closed IS NULL OR closed <> 'void');
CREATE INDEX outbox_attempt_intent ON ${s}.outbox_attempt (intent);
CREATE INDEX outbox_attempt_turn ON ${s}.outbox_attempt (turn) WHERE closed IS NULL;

CREATE TABLE ${s}.outbox_object (
  id text PRIMARY KEY,
  kind text NOT NULL,
  intent bigint NOT NULL REFERENCES ${s}.outbox_intent (seq),
  fate text,
  seen_at bigint NOT NULL
);
CREATE INDEX outbox_object_intent ON ${s}.outbox_object (intent);

-- What the API has made since of our objects, and what happened to that.
CREATE TABLE ${s}.outbox_follow_up (
  id text PRIMARY KEY,
  kind text NOT NULL,
  intent bigint NOT NULL REFERENCES ${s}.outbox_intent (seq),
  state text NOT NULL,
  seen_at bigint NOT NULL
);
CREATE INDEX outbox_follow_up_intent ON ${s}.outbox_follow_up (intent);

CREATE TABLE ${s}.outbox_history (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  intent bigint NOT NULL,
  at bigint NOT NULL,
  generation integer NOT NULL,
  event text NOT NULL,
  detail text,
  who text
);
CREATE INDEX outbox_history_intent ON ${s}.outbox_history (intent);

CREATE TABLE ${s}.outbox_event (
  id text PRIMARY KEY,
  at bigint NOT NULL
);

CREATE TABLE ${s}.outbox_worker (
  id text PRIMARY KEY,
  name text NOT NULL,
  began_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  concurrency integer NOT NULL,
  under_way integer NOT NULL,
  requests bigint NOT NULL,
  waiting text
);

${guards(s)}`;
