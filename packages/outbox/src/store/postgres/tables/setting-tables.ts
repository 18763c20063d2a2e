/**
 * The settings of the store. Workers that don't read them could send more than allowed, or as another client.
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
