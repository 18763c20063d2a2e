import { STATES } from "../../../ledger/intent.ts";

const STATE_LIST = STATES.map((state) => `'${state}'`).join(", ");

/** Whether the money of an intent in this state may have moved, or may be about to. */
export const MAY_MOVE = (row: string) =>
  `${row}.state IN ('sending', 'accepted', 'unresolved', 'settled-paid')`;

/** Milliseconds since the epoch, on the database's clock. */
export const CLOCK = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/**
 * The settings of the store. Workers that do not read them could send more than allowed, or as another client.
 * @param s the schema, quoted
 */
export const settingTables = (s: string): string => `
CREATE TABLE ${s}.outbox_setting (
  one integer PRIMARY KEY CHECK (one = 1),
  per_second double precision CHECK (per_second > 0),
  max_total bigint CHECK (max_total > 0),
  max_amount bigint CHECK (max_amount > 0),
  -- Who sends: the client of the first request, until a person changes it.
  client text,
  -- The transaction that wrote this row. PostgreSQL stores it too (xmin), and there it differs once the row was
  -- restored from a backup.
  written bigint NOT NULL,
  -- The mark of the ledger, and the number of the last attempt: other tables may be restored without this one.
  mark bigint NOT NULL,
  last_attempt bigint NOT NULL
);
-- The client of the last request, if that is known for sure: otherwise two are named there.
INSERT INTO ${s}.outbox_setting (one, client, written, mark, last_attempt) VALUES (1,
  (SELECT client FROM ${s}.outbox_attempt WHERE client NOT LIKE '% or %' ORDER BY n DESC LIMIT 1),
  txid_current(),
  coalesce((SELECT mark FROM ${s}.outbox_ledger), 0),
  coalesce((SELECT max(n) FROM ${s}.outbox_attempt), 0));
CREATE FUNCTION ${s}.outbox_setting_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.written := txid_current();
  RETURN NEW;
END $$;
-- Not on INSERT: that is how a row is restored.
CREATE TRIGGER outbox_setting_written BEFORE UPDATE ON ${s}.outbox_setting
  FOR EACH ROW WHEN (NEW.written = OLD.written) EXECUTE FUNCTION ${s}.outbox_setting_written();
CREATE TABLE ${s}.outbox_log (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  event text NOT NULL,
  detail text NOT NULL,
  who text NOT NULL
);
CREATE TRIGGER outbox_log_kept BEFORE UPDATE OR DELETE ON ${s}.outbox_log
  FOR EACH ROW EXECUTE FUNCTION ${s}.outbox_kept('the log is only added to');
CREATE TRIGGER outbox_log_stays BEFORE TRUNCATE ON ${s}.outbox_log
  EXECUTE FUNCTION ${s}.outbox_kept('the log is only added to');
`;

/**
 * The first tables. Their constraints and triggers apply whatever the code does: what they refuse would pay twice,
 * forget a person or report a row wrongly.
 * @param s the schema, quoted. It is used everywhere, because a caller who adds rows may have a different search path
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

CREATE FUNCTION ${s}.outbox_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;
CREATE TRIGGER outbox_history_kept BEFORE UPDATE OR DELETE ON ${s}.outbox_history
  FOR EACH ROW EXECUTE FUNCTION ${s}.outbox_kept('the history is only added to');
CREATE TRIGGER outbox_history_stays BEFORE TRUNCATE ON ${s}.outbox_history
  EXECUTE FUNCTION ${s}.outbox_kept('the history is only added to');
CREATE TRIGGER outbox_attempt_kept BEFORE DELETE ON ${s}.outbox_attempt
  FOR EACH ROW EXECUTE FUNCTION ${s}.outbox_kept('attempts are never deleted');
CREATE TRIGGER outbox_attempt_stays BEFORE TRUNCATE ON ${s}.outbox_attempt
  EXECUTE FUNCTION ${s}.outbox_kept('attempts are never deleted');
CREATE TRIGGER outbox_intent_kept BEFORE DELETE ON ${s}.outbox_intent
  FOR EACH ROW EXECUTE FUNCTION ${s}.outbox_kept('intents are never deleted');
CREATE TRIGGER outbox_intent_stays BEFORE TRUNCATE ON ${s}.outbox_intent
  EXECUTE FUNCTION ${s}.outbox_kept('intents are never deleted');

CREATE FUNCTION ${s}.outbox_intent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state THEN
    IF OLD.state = 'accepted' OR (OLD.state = 'settled-paid' AND NEW.state <> 'accepted') THEN
      RAISE EXCEPTION 'what was paid stays paid';
    END IF;
    -- Back to the start only by a new key, or after an attempt that surely was not carried out.
    IF NEW.state = 'pending' AND NEW.generation = OLD.generation AND EXISTS (
      SELECT 1 FROM ${s}.outbox_attempt
      WHERE intent = OLD.seq AND generation = OLD.generation AND (closed IS NULL OR closed <> 'void')
    ) THEN
      RAISE EXCEPTION 'an open attempt may still be carried out';
    END IF;
    IF NEW.state = 'refused' AND EXISTS (
      SELECT 1 FROM ${s}.outbox_attempt
      WHERE intent = OLD.seq AND generation = OLD.generation AND closed IS NULL
    ) THEN
      RAISE EXCEPTION 'an open attempt may still be carried out';
    END IF;
  END IF;
  -- The same content for as long as a key lasts.
  IF NEW.generation = OLD.generation THEN
    IF (NEW.seq, NEW.id, NEW.call, NEW.given, NEW.body, NEW.key)
      IS DISTINCT FROM (OLD.seq, OLD.id, OLD.call, OLD.given, OLD.body, OLD.key) THEN
      RAISE EXCEPTION 'content changes with the key alone';
    END IF;
  -- A new key only where nothing was carried out, or a person says so.
  ELSIF OLD.state NOT IN ('refused', 'settled-not-paid', 'pending') THEN
    RAISE EXCEPTION 'a new key needs proof that nothing was carried out';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER outbox_intent_guard BEFORE UPDATE ON ${s}.outbox_intent
  FOR EACH ROW EXECUTE FUNCTION ${s}.outbox_intent_guard();

CREATE FUNCTION ${s}.outbox_intent_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${s}.outbox_history (intent, at, generation, event)
    SELECT seq, added_at, 0, 'pending' FROM added ORDER BY seq;
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_intent_added AFTER INSERT ON ${s}.outbox_intent
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ${s}.outbox_intent_added();

CREATE FUNCTION ${s}.outbox_intent_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change numeric;
BEGIN
  INSERT INTO ${s}.outbox_history (intent, at, generation, event, detail, who)
    SELECT later.seq, later.changed_at, later.generation, later.state, later.reason, later.who
    FROM later JOIN earlier USING (seq) WHERE later.state <> earlier.state ORDER BY seq;
  SELECT sum(CASE WHEN ${MAY_MOVE("later")} THEN later.amount ELSE 0 END
    - CASE WHEN ${MAY_MOVE("earlier")} THEN earlier.amount ELSE 0 END)
    INTO change FROM later JOIN earlier USING (seq);
  IF change <> 0 THEN
    UPDATE ${s}.outbox_ledger SET reserved = reserved + change;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_intent_moved AFTER UPDATE ON ${s}.outbox_intent
  REFERENCING OLD TABLE AS earlier NEW TABLE AS later
  FOR EACH STATEMENT EXECUTE FUNCTION ${s}.outbox_intent_moved();
`;
