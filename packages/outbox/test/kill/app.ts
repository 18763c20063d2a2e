import pg from "pg";
import type { Outbox } from "../../src/index.ts";
import type { Bench } from "../api/bench.ts";
import type { rowsFor } from "./rows.ts";

type Row = ReturnType<typeof rowsFor>[number];

/**
 * An application that stores each order and its payout in one transaction. It rolls some back, and stores them later.
 */
export class App {
  readonly #store: string;
  readonly #outbox: Outbox;
  readonly #rows: Row[];
  readonly #random: () => number;

  constructor(bench: Bench, outbox: Outbox, rows: readonly Row[], random: () => number) {
    this.#store = bench.store;
    this.#outbox = outbox;
    this.#rows = [...rows];
    this.#random = random;
  }

  async prepare(): Promise<void> {
    await this.#withClient((client) => client.query("CREATE TABLE orders (id text PRIMARY KEY)"));
  }

  /** Adds some of the remaining orders. Those whose transaction failed are added again. */
  async add(count: number): Promise<void> {
    const rows = this.#rows.splice(0, count);
    await this.#withClient(async (client) => {
      for (const row of rows) {
        const isTakenBack = this.#rows.length > 0 && this.#random() < 0.05;
        await client.query("BEGIN");
        await client.query("INSERT INTO orders VALUES ($1) ON CONFLICT DO NOTHING", [row.id]);
        await this.#outbox.addWithin(client, row);
        await client.query(isTakenBack ? "ROLLBACK" : "COMMIT");
        if (isTakenBack) this.#rows.push(row);
      }
    });
  }

  /** @returns IDs of orders without a payout, and of payouts without an order */
  async compare(): Promise<string[]> {
    const { rows } = await this.#withClient((client) =>
      client.query(
        "SELECT coalesce(o.id, i.id) AS id FROM orders o FULL JOIN outbox_intent i USING (id) WHERE o.id IS NULL OR i.id IS NULL",
      ),
    );
    return rows.map(({ id }) => String(id));
  }

  async #withClient<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client(this.#store);
    client.on("error", () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
