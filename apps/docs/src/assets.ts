import { fileURLToPath } from "node:url";
import { makeAssets } from "./assets/make-assets.ts";

await makeAssets(fileURLToPath(new URL("../generated/", import.meta.url)));
