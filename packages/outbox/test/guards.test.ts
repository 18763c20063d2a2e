import { fileURLToPath } from "node:url";
import { GUARDS } from "./guards/guards.ts";
import { guardsHold } from "./guards/hold.ts";

guardsHold(GUARDS, fileURLToPath(new URL("../.guards", import.meta.url)));
