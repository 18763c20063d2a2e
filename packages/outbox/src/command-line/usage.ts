import type { AccountOption } from "../api/account-options.ts";

/** The text of `--help`. */
export function usage(options: readonly AccountOption[]): string {
  return `Usage: dots-outbox <command> [options]

  run <file|->          check the rows of a file, show the total, and send each once
  add <file|->          the same, but leave the sending to workers, or resume
  status                show the progress, and what needs a person's attention
  resume                continue after a crash, Ctrl-C, a lack of funds, a limit
  work                  send existing and new rows until it is stopped; any number of
                        workers on any number of machines share a store in PostgreSQL
  retry --refused       send refused rows again, with new keys; with a [file], only its corrected rows
  retry --not-paid      the same for rows settled as not paid
  retry <id> [file]     the same for one row
  settle <id> --paid | --not-paid
                        record what a person found out about an unresolved row
  settle --all --not-paid
                        settle every unresolved row that the API's list does not show
  acknowledge <id>      clear an alarm (LOOK AT THIS FIRST) after looking into it
  export                write all rows as CSV, or as a page for people
  history <id>          show everything that happened to a row; without an ID, the settings of the
                        store and who changed them
  read-back             ask the API what happened to every row
  recover               put a store back into use that was restored from a backup, copied or moved

The rows are CSV: the first line names the columns. \`id\` is your own ID of the row, such as
an order number; the others are fields of the call, with dots for nested ones (person.name).
JSON lines use the same names, as nested objects.

Options of run and add
  --call <name>         what to call for each row, such as resource.method
  --store <file|url>    where everything is stored, the same for every other command: an SQLite file,
                        or postgres://user@host/name (the password also from PGPASSWORD)
  --environment <name>  where the money goes
  --base-url <url>      a mock or a stub instead
  --format <csv|jsonl>  what the input is (by its name; csv from standard input)
  --yes                 don't ask; needed without a terminal (also for retry, settle --paid, recover)
  --allow-duplicates    accept several rows for the same person
  --dry-run             run: try it with a mock and a temporary store

Options of run, resume, work and retry
  --concurrency <n>     requests in progress at once (10)
  --per-second <n>      requests sent per second, by all senders together
  --max-total <cents>   the most that all rows of the store may pay together
  --max-amount <cents>  the most that one row may pay
                        these three are stored and apply to every sender of the store; the newest
                        value counts, and none removes one
  --new-client          continue with the credentials of another client than before
  --report <file>       not work: write a report, as .csv or .html; may be repeated

Other options
${options.map(accountLine).join("")}  --fetch-sends-once    the replaced global fetch (a tracer) never repeats a request by itself
  --object <id>         settle --paid: the ID of what the API created
  --note <text>         settle, acknowledge: the reason; kept in the history
  --output <file>       export: .csv or .html (CSV to standard output)
  --json                status: as JSON
  --watch               status: again every two seconds, with the rate and the workers
  --help, --version

Credentials are read from DOTS_CLIENT_ID and DOTS_API_KEY.
Exit: 0 every row accepted or settled, 1 some refused or unresolved, 2 could not start,
3 stopped with rows left to send: run resume.`;
}

function accountLine({ flag, header }: AccountOption): string {
  return `  ${`--${flag} <text>`.padEnd(22)}for whom the credentials act (${header})\n`;
}
