import type { AccountOption } from "../api/account-options.ts";

/** What `--help` says. */
export function usage(options: readonly AccountOption[]): string {
  return `Usage: dots-outbox <command> [options]

  run <file|->          check the rows of a file, show what it comes to, and send each once
  add <file|->          the same, but for others to send: workers, or resume
  status                show how far it is, and what a person has to look at
  resume                go on after a crash, Ctrl-C, a lack of funds, a limit
  work                  send what is there and what is added, until it is stopped; any number of
                        workers on any number of machines share a store in PostgreSQL
  retry --refused       send refused rows again, with new keys; with a [file], those of the file, corrected
  retry --not-paid      the same for rows that were settled as not paid
  retry <id> [file]     the same for one row
  settle <id> --paid | --not-paid
                        keep what a person has found out about an unresolved row
  settle --all --not-paid
                        settle every unresolved row that the API's list does not show
  acknowledge <id>      say that you have looked at an alarm (LOOK AT THIS FIRST); it is then over
  export                write all rows as CSV, or as a page for people
  history <id>          show everything that happened to a row; without an ID, what was set for the
                        whole store, and who did it
  read-back             ask the API what became of every row
  recover               take a store into use that was restored from a backup, copied or moved

The rows are CSV: the first line names the columns. \`id\` is your own ID of the row, such as the
number of an order; the others are fields of the call, with dots for those inside (person.name).
JSON lines have the same names, as objects.

Options of run and add
  --call <name>         what to call for each row, such as resource.method
  --store <file|url>    where everything is kept, the same for every other command: an SQLite file,
                        or postgres://user@host/name (the password also from PGPASSWORD)
  --environment <name>  where the money goes
  --base-url <url>      a mock or a stand-in instead
  --format <csv|jsonl>  what the input is (by its name; csv from standard input)
  --yes                 do not ask; needed where nobody can be asked (also of retry, settle --paid, recover)
  --allow-duplicates    take several rows for the same person
  --dry-run             run: try it with a mock and a store that is thrown away

Options of run, resume, work and retry
  --concurrency <n>     requests that may be under way at once (10)
  --per-second <n>      requests that may leave per second, from all senders together
  --max-total <cents>   the most that all rows of the store may pay together
  --max-amount <cents>  the most that one row may pay
                        these three are kept in the store, and hold for all that send from it; the
                        newest value counts, and none lifts one
  --new-client          go on with the credentials of another client than before
  --report <file>       not work: write what it has come to, as .csv or .html; may be repeated

Other options
${options.map(accountLine).join("")}  --fetch-sends-once    what has replaced the global fetch (a tracer) never repeats a request by itself
  --object <id>         settle --paid: what the API made
  --note <text>         settle, acknowledge: why; kept in the history
  --output <file>       export: .csv or .html (CSV to standard output)
  --json                status: as JSON
  --watch               status: again every two seconds, with the rate and the workers
  --help, --version

Credentials are read from DOTS_CLIENT_ID and DOTS_API_KEY.
Exit: 0 every row accepted or settled, 1 some refused or unresolved, 2 could not start,
3 stopped with rows to send: run resume.`;
}

function accountLine({ flag, header }: AccountOption): string {
  return `  ${`--${flag} <text>`.padEnd(22)}for whom the credentials act (${header})\n`;
}
