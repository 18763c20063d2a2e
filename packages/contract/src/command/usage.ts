import type { HeaderOption } from "@dots-payouts/openapi";

/** What `--help` shows. @param flags the options that the spec declares */
export const usage = (flags: readonly HeaderOption[]): string => `dots-contract <base-url> [options]

Checks whether a server keeps the spec. Exit status: 0 it does, 1 it does not, 2 could not run.

The server
  --username <name>     the client ID that the server knows; or DOTS_CLIENT_ID
  --password <secret>   the API key that belongs to it; or DOTS_API_KEY
  --second-username <name>, --second-password <secret>
                        another account, to find out whether keys are its own;
                        or DOTS_SECOND_CLIENT_ID and DOTS_SECOND_API_KEY
  --values <file>       JSON with values that exist in the server, by JSON Pointer: {"/customer": ["…"]}
  --header <name: value>  a header of every request; may be repeated
${flags.map(usageOf).join("")}  --proxy <url>         an HTTP proxy: http://user:password@proxy:3128
  --cert <file>, --key <file>  a client certificate and its key, in PEM
  --ca <file>           certificates to trust, in PEM
  --timeout <ms>        how long one answer may take, in milliseconds (10000)

The run
  --spec <file>         a bundled OpenAPI document in JSON, instead of the published one
  --only <text,…>       checks with one of these texts in their ID (operation, group, or a part; * is anything)
  --shard <i/n>         run the i-th of n parts
  --seed <n>            repeats the random values of an earlier run
  --bail                stop after the first promise that is broken
  --concurrency <n>     how many checks run at once (16)
  --key-age <ms>        how old keys have to be before they are sent again at the end (3500)
  --quick               leave out what takes long: 1,000 keys, and waits for old keys and repeated deliveries
  --webhook-listen <port|host:port>
                        receive the server's deliveries of events there, and check them;
                        tell the server the URL first, which the run does not do
  --webhook-secret <secret>
                        what they are signed with: whsec_…; or DOTS_WEBHOOK_SECRET
  --webhook-wait <ms>   how long a delivery may take to come, or to come again (15000)
  --allow-production    run against the spec's production server, where everything is real
  --allow-deliveries    let requests write to people; else that happens on this machine only

The verdict
  --strict              count what differs from an assumption of the spec as broken too
  --fail-on <risk,…>    end with 1 for broken promises of these severities only: money, security, data, form (all)
  --baseline <file>     an earlier report in JSON: what it has too is known, and does not end with 1

The report
  --reporter <name[=file]>  pretty, json, junit, html or github (pretty); may be repeated
  --output <file>       the file for the reporter that has none
  --export <folder>     write a shell script for each cause that repeats it
  --list-created        list what the run has made
  --keep                do not remove what the run has made at its end
  --help                show this
`;

function usageOf({ flag, header }: HeaderOption): string {
  return `${`  --${flag} <value>`.padEnd(24)}the header ${header} of the operations that have it\n`;
}
