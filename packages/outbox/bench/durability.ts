// Measures the cost of commits that survive a power cut: the same small transaction with each of SQLite's settings,
// on the disk of the given folder, or of this one. `--commits 500` changes the number.
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  options: { commits: { type: "string", default: "500" } },
  allowPositionals: true,
});
const commits = Number(values.commits);
const folder = mkdtempSync(join(resolve(positionals[0] ?? "."), ".durability-"));

/** Journal mode, `synchronous`, and what a power cut loses. */
const SETTINGS = [
  ["WAL", "OFF", "the last commits, or the file"],
  ["WAL", "NORMAL", "the last commits"],
  ["WAL", "FULL", "nothing"],
  ["DELETE", "FULL", "nothing, where the folder is synced too"],
  ["DELETE", "EXTRA", "nothing"],
] as const;

try {
  for (const [journal, synchronous, lost] of SETTINGS) {
    const times = measure(journal, synchronous).sort((one, other) => one - other);
    const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
    console.log(
      `${journal.padEnd(7)}${synchronous.padEnd(7)} median ${at(0.5)} ms  99 % ${at(0.99)} ms  loses ${lost}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The duration of each commit, in milliseconds. */
function measure(journal: string, synchronous: string): number[] {
  const database = new DatabaseSync(join(folder, `${journal}-${synchronous}.db`));
  database.exec(`PRAGMA journal_mode = ${journal}; PRAGMA synchronous = ${synchronous};
    CREATE TABLE attempt (n INTEGER PRIMARY KEY, intent INTEGER, body TEXT);`);
  const insert = database.prepare("INSERT INTO attempt (intent, body) VALUES (?, ?)");
  const times: number[] = [];
  for (let n = 0; n < commits; n += 1) {
    const start = performance.now();
    database.exec("BEGIN IMMEDIATE");
    insert.run(n, "x".repeat(200));
    database.exec("COMMIT");
    times.push(performance.now() - start);
  }
  database.close();
  return times;
}
