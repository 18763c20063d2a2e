import pg from "pg";

export const PASSWORD = "secret-of-the-database";

/** What tests do with a running server, from any process. */
export interface PostgresConnection {
  readonly port: number;
  /** Creates an empty schema, and returns a URL for it. */
  create(): Promise<string>;
  /** Runs SQL as the superuser. */
  run(sql: string): Promise<void>;
  /** Disconnects. It can be used again. */
  close(): Promise<void>;
}

/** Connects to a server of this package on first use, and again after it was closed. */
export function connectToPostgres(port: number): PostgresConnection {
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
  let client: pg.Client | undefined;
  // One at a time.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const run = (sql: string) =>
    inTurn(async () => {
      client ??= await connect(url);
      await client.query(sql);
    });
  return {
    port,
    run,
    async create() {
      const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
      await run(`CREATE SCHEMA ${name}`);
      return `${url}?options=${encodeURIComponent(`-c search_path=${name}`)}`;
    },
    close: () =>
      inTurn(async () => {
        await client?.end();
        client = undefined;
      }),
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  // The server may be killed. Whatever needs it then fails.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
