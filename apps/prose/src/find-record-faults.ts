import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NAME = /^(\d{4})-[a-z0-9-]+\.md$/;
const HEAD = /^# (\d+)\. (.+)\n\nDate: (\d{4}-\d\d-\d\d)\\\nStatus: ((?:accepted|superseded).*)\n\n/;

/**
 * A line for each decision record in `folder` that does not have the form, or that the index does not list correctly.
 */
export function findRecordFaults(folder: string): string[] {
  const index = readFileSync(join(folder, "README.md"), "utf8");
  const rows = new Set(
    index.split("\n").map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .join("|"),
    ),
  );
  const records = readdirSync(folder)
    .filter((file) => NAME.test(file))
    .sort();
  return records.flatMap((file, position) => {
    const text = readFileSync(join(folder, file), "utf8");
    const [, number, title, date, status] = HEAD.exec(text) ?? [];
    if (number === undefined || status === undefined)
      return [`${file}: begin with "# N. Title", an empty line, "Date: YYYY-MM-DD\\" and "Status: accepted"`];
    const faults: string[] = [];
    if (Number(number) !== position + 1 || Number(file.slice(0, 4)) !== position + 1)
      faults.push(`${file}: has the number ${number}, but the records before it end with ${position}`);
    if (!text.includes("\n## What it costs\n")) faults.push(`${file}: has no section "## What it costs"`);
    const shown = status.replace(/^(accepted|superseded by \[\d+\]).*$/, "$1").replace(/[[\]]/g, "");
    const row = `|[${number}. ${title}](${file})|${date}|${shown}|`;
    if (!rows.has(row)) faults.push(`README.md: lacks the row ${row.replaceAll("|", " | ").trim()}`);
    return faults;
  });
}
