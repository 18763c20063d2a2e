import { MAY_MOVE } from "../../rules/states.ts";

/**
 * The triggers of the first tables. They apply whatever the code does: what they refuse would pay twice, forget a person
 * or report a row wrongly.
 * @param s the schema, quoted
 */
export const guards = (
  s: string,
): string => `CREATE FUNCTION ${s}.outbox_kept() RETURNS trigger LANGUAGE plpgsql AS $$
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
