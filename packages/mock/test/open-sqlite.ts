import { parentPort, workerData } from "node:worker_threads";
import { sqliteStore } from "../src/store/sqlite-store.ts";

/** A thread that opens a store, and says what came of it. */
try {
  const store = sqliteStore(String(workerData), 10);
  parentPort?.postMessage("open");
  await store.close();
} catch (error) {
  parentPort?.postMessage(String(error));
}
