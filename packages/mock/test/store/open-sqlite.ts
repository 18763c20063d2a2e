import { parentPort } from "node:worker_threads";
import { sqliteStore } from "../../src/store/sqlite/sqlite-store.ts";

/** A thread that opens each store it gets, and reports the result. */
parentPort?.on("message", async (file) => {
  try {
    const store = sqliteStore(String(file), 10);
    parentPort?.postMessage("open");
    await store.close();
  } catch (error) {
    parentPort?.postMessage(String(error));
  }
});
parentPort?.postMessage("ready");
