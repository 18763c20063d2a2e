import { parseArgs } from "node:util";
import { livesAgainstModel } from "../test/life/model.ts";
import { openFile } from "../test/sqlite-file.ts";

/** Lives many lives against the model, in memory and in an SQLite file whose mock is started anew now and then. */
const { values } = parseArgs({
  options: {
    lives: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const seed = Number(values.seed);
const lives = Math.ceil(Number(values.lives) / 2);
console.log(`Seed ${seed}`);
console.log("in memory", await livesAgainstModel({ seed, lives }));
await using place = await openFile();
console.log("in SQLite", await livesAgainstModel({ seed, lives, store: place.store }));
