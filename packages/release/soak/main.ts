import { parseArgs } from "node:util";
import fc from "fast-check";
import { judgePair } from "./judge.ts";
import { pair } from "./pairs.ts";
import { byRule } from "./reasons.ts";

// Holds the verdicts on random pairs of schemas against Ajv: `node soak/main.ts --pairs 20000 --seed 1`.
const { values } = parseArgs({ options: { pairs: { type: "string" }, seed: { type: "string" } } });
