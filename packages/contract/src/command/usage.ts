import type { HeaderOption } from "@dots-payouts/openapi";

/** The text of `--help`. @param flags the options that the spec declares */
export const usage = (flags: readonly HeaderOption[]): string => `dots-contract <base-url> [options]

Checks whether a server conforms to the spec. Exit status: 0 it does, 1 it does not, 2 could not run.

The server
  --username <name>     the client ID that the server knows; or DOTS_CLIENT_ID
  --password <secret>   the API key that belongs to it; or DOTS_API_KEY
  --second-username <name>, --second-password <secret>
                        another account, to check that its keys are separate;
                        or DOTS_SECOND_CLIENT_ID and DOTS_SECOND_API_KEY
  --values <file>       JSON with values that exist on the server, by JSON Pointer: {"/customer": ["…"]}
  --header <name: value>  a header for every request; may be repeated
${flags.map(usageOf).join("")}  --proxy <url>         an HTTP proxy: http://user:password@proxy:3128
  --cert <file>, --key <file>  a client certificate and its key, in PEM
  --ca <file>           certificates to trust, in PEM
  --timeout <ms>        how long one answer may take, in milliseconds (10000)

The run
  --spec <file>         a bundled OpenAPI document in JSON, instead of the published one
  --only <text,…>       checks with one of these strings in their ID (operation, group, or a part; * matches anything)
  --shard <i/n>         run the i-th of n parts
  --seed <n>            repeats the random values of an earlier run
  --bail                stop after the first broken promise
  --concurrency <n>     how many checks run at once (16)
  --key-age <ms>        how old keys must be before they are sent again at the end (3500)
  --quick               skip what takes long: 1,000 keys, and waits for old keys and repeated deliveries
  --webhook-listen <port|host:port>
                        receive the server's event deliveries there, and check them;
                        configure the URL on the server first: the run does not
  --webhook-secret <secret>
                        the secret they are signed with: whsec_…; or DOTS_WEBHOOK_SECRET
  --webhook-wait <ms>   how long to wait for a delivery or its repeat (15000)
  --allow-production    run against the spec's production server, where everything is real
  --allow-deliveries    let requests message people; otherwise only on this machine

The verdict
  --strict              count differences from the spec's assumptions as broken too
  --fail-on <risk,…>    exit with 1 only for broken promises of these severities: money, security, data, form (all)
  --baseline <file>     an earlier JSON report: failures in it are known, and do not exit with 1

The report
  --reporter <name[=file]>  pretty, json, junit, html or github (pretty); may be repeated
  --output <file>       the file for the reporter without one
  --export <folder>     write a shell script for each cause that reproduces it
  --list-created        list what the run has created
  --keep                don't remove what the run has created at the end
  --help                show this
`;

function usageOf({ flag, header }: HeaderOption): string {
  return `${`  --${flag} <value>`.padEnd(24)}the header ${header} for the operations that have it\n`;
}
