import { MAY_MOVE, STATE_LIST } from "../rules/states.ts";

/** Stored in the ledger, so that tables of another version are not mistaken for these. */
export const VERSION = 3;

/**
 * The tables. Their constraints and triggers apply whatever the code does: what they refuse would pay twice, forget a
 * person or report a row wrongly.
 */
export const TABLES = `
CREATE TABLE IF NOT EXISTS outbox_ledger (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  uuid TEXT NOT NULL,
  base_url TEXT NOT NULL,
  -- Options of the client that say for whom it acts, as JSON.
  options TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  highest INTEGER NOT NULL DEFAULT 0,
  reserved INTEGER NOT NULL DEFAULT 0,
  has_sent INTEGER NOT NULL DEFAULT 0,
  -- Grows with each claim. The witness next to the store has it too.
  mark INTEGER NOT NULL DEFAULT 0,
  -- Up to when it knows what was sent from it.
  known_until INTEGER NOT NULL DEFAULT 0,
  stopped TEXT,
  paused TEXT,
  -- Until when the API has asked everyone to wait.
  not_before INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What people have set for the whole store.
CREATE TABLE IF NOT EXISTS outbox_setting (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  per_second REAL CHECK (per_second > 0),
  max_total INTEGER CHECK (max_total > 0),
  max_amount INTEGER CHECK (max_amount > 0),
  -- Who sends: the client of the first request, until somebody says that it is another one.
  client TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS outbox_log (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  detail TEXT NOT NULL,
  who TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS outbox_log_kept BEFORE UPDATE ON outbox_log
  BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER IF NOT EXISTS outbox_log_stays BEFORE DELETE ON outbox_log
  BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;

CREATE TABLE IF NOT EXISTS outbox_intent (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  call TEXT NOT NULL,
  given TEXT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL,
  key TEXT UNIQUE,
  window INTEGER CHECK (window > 0),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  findable INTEGER NOT NULL,
  generation INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN (${STATE_LIST})),
  cause TEXT,
  reason TEXT,
  alarm TEXT,
  who TEXT,
  -- The first attempt of this generation, on the ledger's clock and on the API's.
  first_at INTEGER,
  first_server INTEGER,
  due INTEGER NOT NULL DEFAULT 0,
  lease INTEGER NOT NULL DEFAULT 0,
  claim INTEGER,
  tries INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- From when on the last attempt can no longer be carried out.
  quiet_at INTEGER NOT NULL DEFAULT 0,
  quiet_server INTEGER,
  looked_at INTEGER,
  -- Whether that list has shown references at all.
  list_shows INTEGER NOT NULL DEFAULT 0,
  restored INTEGER NOT NULL DEFAULT 0,
  object TEXT,
  fate TEXT,
  -- The states of what followed from the object, in words.
  followed TEXT,
  added_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK (state <> 'accepted' OR object IS NOT NULL),
  CHECK (state <> 'sending' OR (first_at IS NOT NULL AND claim IS NOT NULL)),
  CHECK ((key IS NULL) = (window IS NULL))
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_intent_pending ON outbox_intent (seq) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS outbox_intent_sending ON outbox_intent (seq) WHERE state = 'sending';
CREATE INDEX IF NOT EXISTS outbox_intent_open ON outbox_intent (seq) WHERE state IN ('refused', 'unresolved');
CREATE INDEX IF NOT EXISTS outbox_intent_alarm ON outbox_intent (seq) WHERE alarm IS NOT NULL;

CREATE TABLE IF NOT EXISTS outbox_attempt (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  intent INTEGER NOT NULL REFERENCES outbox_intent (seq),
  generation INTEGER NOT NULL,
  key TEXT,
  window INTEGER,
  client TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  started INTEGER NOT NULL,
  started_server INTEGER,
  deadline INTEGER NOT NULL,
  closed TEXT CHECK (closed IN ('accepted', 'refused', 'void', 'superseded')),
  answer TEXT,
  -- A key is never sent outside of its window, whatever the code believes.
  CHECK (key IS NULL OR (started >= first_at AND started < first_at + window))
) STRICT;
-- A request without a key is sent once. Only one that surely was not carried out may be followed by another.
CREATE UNIQUE INDEX IF NOT EXISTS outbox_attempt_once
  ON outbox_attempt (intent, generation) WHERE key IS NULL AND (closed IS NULL OR closed <> 'void');
CREATE INDEX IF NOT EXISTS outbox_attempt_intent ON outbox_attempt (intent);

CREATE TABLE IF NOT EXISTS outbox_object (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  intent INTEGER NOT NULL REFERENCES outbox_intent (seq),
  fate TEXT,
  seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_object_intent ON outbox_object (intent);

-- What the API has made since of our objects, and what happened to that.
CREATE TABLE IF NOT EXISTS outbox_follow_up (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  intent INTEGER NOT NULL REFERENCES outbox_intent (seq),
  state TEXT NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_follow_up_intent ON outbox_follow_up (intent);

CREATE TABLE IF NOT EXISTS outbox_history (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  intent INTEGER NOT NULL,
  at INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  event TEXT NOT NULL,
  detail TEXT,
  who TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_history_intent ON outbox_history (intent);
CREATE TRIGGER IF NOT EXISTS outbox_history_kept BEFORE UPDATE ON outbox_history
  BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;
CREATE TRIGGER IF NOT EXISTS outbox_history_stays BEFORE DELETE ON outbox_history
  BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;
CREATE TRIGGER IF NOT EXISTS outbox_attempt_stays BEFORE DELETE ON outbox_attempt
  BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS outbox_intent_stays BEFORE DELETE ON outbox_intent
  BEGIN SELECT RAISE(ABORT, 'intents are never deleted'); END;

-- What was paid stays paid.
CREATE TRIGGER IF NOT EXISTS outbox_intent_final BEFORE UPDATE OF state ON outbox_intent
  WHEN (OLD.state = 'accepted' AND NEW.state <> 'accepted')
    OR (OLD.state = 'settled-paid' AND NEW.state NOT IN ('accepted', 'settled-paid'))
  BEGIN SELECT RAISE(ABORT, 'what was paid stays paid'); END;
-- Back to the start only by a new key, or after an attempt that surely was not carried out.
CREATE TRIGGER IF NOT EXISTS outbox_intent_again BEFORE UPDATE OF state ON outbox_intent
  WHEN NEW.state = 'pending' AND OLD.state <> 'pending' AND NEW.generation = OLD.generation AND EXISTS (
    SELECT 1 FROM outbox_attempt
    WHERE intent = OLD.seq AND generation = OLD.generation AND (closed IS NULL OR closed <> 'void'))
  BEGIN SELECT RAISE(ABORT, 'an open attempt may still be carried out'); END;
CREATE TRIGGER IF NOT EXISTS outbox_intent_refused BEFORE UPDATE OF state ON outbox_intent
  WHEN NEW.state = 'refused' AND OLD.state <> 'refused' AND EXISTS (
    SELECT 1 FROM outbox_attempt WHERE intent = OLD.seq AND generation = OLD.generation AND closed IS NULL)
  BEGIN SELECT RAISE(ABORT, 'an open attempt may still be carried out'); END;
-- The same content for as long as a key lasts.
CREATE TRIGGER IF NOT EXISTS outbox_intent_bytes BEFORE UPDATE OF body, key, call, given ON outbox_intent
  WHEN NEW.generation = OLD.generation
  BEGIN SELECT RAISE(ABORT, 'content changes with the key alone'); END;

-- A new key only where nothing was carried out, or a person says so.
CREATE TRIGGER IF NOT EXISTS outbox_intent_generation BEFORE UPDATE OF generation ON outbox_intent
  WHEN NEW.generation <> OLD.generation AND OLD.state NOT IN ('refused', 'settled-not-paid', 'pending')
  BEGIN SELECT RAISE(ABORT, 'a new key needs proof that nothing was carried out'); END;

CREATE TRIGGER IF NOT EXISTS outbox_intent_added AFTER INSERT ON outbox_intent
  BEGIN
    INSERT INTO outbox_history (intent, at, generation, event) VALUES (NEW.seq, NEW.added_at, 0, 'pending');
  END;
CREATE TRIGGER IF NOT EXISTS outbox_intent_moved AFTER UPDATE OF state ON outbox_intent
  WHEN NEW.state <> OLD.state
  BEGIN
    INSERT INTO outbox_history (intent, at, generation, event, detail, who)
      VALUES (NEW.seq, NEW.changed_at, NEW.generation, NEW.state, NEW.reason, NEW.who);
  END;
CREATE TRIGGER IF NOT EXISTS outbox_intent_reserved AFTER UPDATE OF state, amount ON outbox_intent
  WHEN (${MAY_MOVE("NEW")}) <> (${MAY_MOVE("OLD")}) OR (${MAY_MOVE("NEW")} AND NEW.amount <> OLD.amount)
  BEGIN
    UPDATE outbox_ledger SET reserved = reserved
      - CASE WHEN ${MAY_MOVE("OLD")} THEN OLD.amount ELSE 0 END
      + CASE WHEN ${MAY_MOVE("NEW")} THEN NEW.amount ELSE 0 END;
  END;

CREATE TABLE IF NOT EXISTS outbox_event (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;
`;
