import { parseArgs } from "node:util";
import { inOwnProcess } from "../test/life/killed-process.ts";
import { livesAgainstModel } from "../test/life/model.ts";
import { openFile } from "../test/sqlite-file.ts";

/**
 * Compares many random lives with the model: in memory, in an SQLite file whose mock is restarted now and then, and
 * in one whose mock is killed.
 */
const { values } = parseArgs({
  options: {
    lives: { type: "string", default: "10000" },
    /** Lives of a mock in a separate process, which is killed while it works. */
    killed: { type: "string", default: "10000" },
    /** Steps between two kills. */
    every: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const seed = Number(values.seed);
const lives = Math.ceil(Number(values.lives) / 2);
console.log(`Seed ${seed}`);
console.log("in memory", await livesAgainstModel({ seed, lives }));
await using place = await openFile();
console.log("in SQLite", await livesAgainstModel({ seed, lives, store: place.store }));
await using other = await openFile();
const killed = { every: Number(values.every), start: inOwnProcess };
const options = { seed, lives: Number(values.killed), store: other.store, killed };
console.log("in SQLite, killed now and then", await livesAgainstModel(options));
