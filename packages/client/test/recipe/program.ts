import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const CLIENT = fileURLToPath(new URL("../..", import.meta.url));

/** What the README leaves to its reader: a client, the payouts, and a database. */
const AROUND = `
import { DatabaseSync } from "node:sqlite";
const { LEDGER, DATABASE, PAYEES, DIE_AT } = process.env;
const dots = new Dots({ baseUrl: LEDGER, clientId: "client", apiKey: "secret-key", retryDelay: 1 });
const payee = { country_code: "1", phone_number: "2025550139" };
const payouts = Array.from({ length: Number(PAYEES) }, (_, index) => ({
  id: "payee-" + index,
  body: { amount: 1000 + index, payee },
}));
const sql = new DatabaseSync(DATABASE);
sql.exec("PRAGMA synchronous = OFF; CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, row TEXT)");
let writes = 0;
const db = {
  async insertIfNew(row) {
    sql.prepare("INSERT OR IGNORE INTO rows VALUES (?, ?)").run(row.id, JSON.stringify(row));
  },
  async find({ outcome }) {
    const rows = sql.prepare("SELECT row FROM rows").all().map(({ row }) => JSON.parse(row));
    return rows.filter((row) => outcome.includes(row.outcome));
  },
  async update(id, change) {
    const { row } = sql.prepare("SELECT row FROM rows WHERE id = ?").get(id);
    sql.prepare("UPDATE rows SET row = ? WHERE id = ?").run(JSON.stringify({ ...JSON.parse(row), ...change }), id);
    writes += 1;
    if (writes === Number(DIE_AT)) process.kill(process.pid, "SIGKILL");
  },
};
`;

/** The recipe of the README, to the letter. */
function recipe(): string {
  const [, code] = /```ts recipe\n([\s\S]*?)```/.exec(readFileSync(`${CLIENT}/README.md`, "utf8")) ?? [];
  if (code === undefined) throw new Error("the README has no recipe");
  return code;
}

/** Runs the recipe as a separate process. */
export function startRecipe(env: Readonly<Record<string, string>>): ChildProcess {
  // The imports of the recipe count for all of the module.
  const args = ["--no-warnings", "--input-type=module-typescript", "--eval", AROUND + recipe()];
  return spawn(process.execPath, args, {
    cwd: CLIENT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
}
