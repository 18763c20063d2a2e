import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Outbox } from "../outbox.ts";
import { messageOf, OutboxError } from "../outbox-error.ts";
import { CSV_HEADER, csvRow } from "./csv.ts";
import { htmlReport } from "./html.ts";

export interface ReportSource {
  readonly outbox: Outbox;
  readonly store: string;
  readonly target: string;
}

/**
 * Writes all rows to a file, in the format of its extension: an HTML page, or CSV.
 * @throws OutboxError if the file cannot be written
 */
export async function writeReport(file: string, source: ReportSource): Promise<void> {
  const pieces = file.toLowerCase().endsWith(".html") ? await page(source) : csv(source.outbox);
  // A truncated report must not replace a complete one.
  const part = `${file}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw new OutboxError(`${file} cannot be written: ${messageOf(error)}.`);
  }
}

/** All rows as CSV. */
export async function* csv(outbox: Outbox): AsyncIterable<string> {
  yield CSV_HEADER;
  for await (const intent of outbox.list()) yield csvRow(intent);
}

async function page({ outbox, store, target }: ReportSource): Promise<AsyncIterable<string>> {
  const { stopped, paused } = await outbox.status();
  const counts = await outbox.counts();
  const all = Object.values(counts);
  const head = {
    store,
    target,
    written: new Date(),
    counts,
    total: {
      rows: all.reduce((sum, state) => sum + state.rows, 0),
      amount: all.reduce((sum, state) => sum + state.amount, 0),
    },
    fates: await outbox.fates(),
    stopped: stopped ?? paused,
  };
  return htmlReport(head, await outbox.alarms(), (state) => outbox.list(state));
}
