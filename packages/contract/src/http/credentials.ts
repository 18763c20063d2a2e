import { randomBytes } from "node:crypto";
import type { Operation } from "@dots-payouts/openapi";
import type { Authorization } from "./request.ts";

/** The user name and password for requests (HTTP Basic, RFC 7617). */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Whether they were given: only then must others be refused. */
  readonly given: boolean;
  /** The environment variables with user name and password for repeated requests. */
  readonly variables: readonly [username: string, password: string];
}

/** The variables of the main and the second account. */
export const VARIABLES = ["DOTS_CLIENT_ID", "DOTS_API_KEY"] as const;
export const SECOND_VARIABLES = ["DOTS_SECOND_CLIENT_ID", "DOTS_SECOND_API_KEY"] as const;

/**
 * Made-up credentials, for a server that accepts any. Long and random, so that they cannot appear in an answer by
 * accident.
 */
export function anyCredentials(): Credentials {
  return {
    username: `contract-${randomBytes(6).toString("hex")}`,
    password: randomBytes(16).toString("hex"),
    given: false,
    variables: VARIABLES,
  };
}

export function rightAuthorization({ username, password, variables }: Credentials): Authorization {
  const [name, secret] = variables;
  return { header: basic(`${username}:${password}`), curl: `-u "\${${name}}:\${${secret}}"` };
}

/** An `authorization` header that must be refused. */
export interface WrongAuthorization {
  readonly id: string;
  readonly words: string;
  /** Absent for no header at all. */
  readonly authorization?: Authorization;
  /** Whether a server that accepts any well-formed credentials accepts these. */
  readonly wellFormed: boolean;
}

export function wrongAuthorizations({ username, password, variables }: Credentials): WrongAuthorization[] {
  const [USERNAME, PASSWORD] = variables;
  const encoded = (id: string, words: string, pair: string, shown: string): WrongAuthorization => ({
    id,
    words,
    authorization: { header: basic(pair), curl: `-u "${shown}"` },
    wellFormed: true,
  });
  const header = (id: string, words: string, value: string, shown = value): WrongAuthorization => ({
    id,
    words,
    authorization: { header: value, curl: `-H "authorization: ${shown}"` },
    wellFormed: false,
  });
  const right = Buffer.from(`${username}:${password}`).toString("base64");
  const base64 = `$(printf %s "\${${USERNAME}}:\${${PASSWORD}}" | base64 | tr -d "\n")`;
  const otherCase = otherCaseOf(username);
  return [
    { id: "none", words: "no credentials", wellFormed: false },
    header("empty", "an empty Authorization header", ""),
    header("scheme-only", "the scheme alone", "Basic"),
    header("garbled", "what is not base64", "Basic %%%not-base64%%%"),
    header(
      "no-colon",
      "a user name without colon and password",
      basic("nobody"),
      "Basic $(printf nobody | base64)",
    ),
    header("other-scheme", "the credentials under another scheme", `Bearer ${right}`, `Bearer ${base64}`),
    encoded("empty-pair", "an empty user name and password", ":", ":"),
    encoded(
      "wrong-password",
      "a wrong password",
      `${username}:${password}x`,
      `\${${USERNAME}}:\${${PASSWORD}}x`,
    ),
    encoded(
      "other-password",
      "a wrong password of the right length",
      `${username}:${"x".repeat(password.length)}`,
      `\${${USERNAME}}:xxxxxxxxxxxxxxxx`,
    ),
    encoded(
      "password-case",
      "the password in other case",
      `${username}:${otherCaseOf(password)}`,
      `\${${USERNAME}}:$(printf %s "\${${PASSWORD}}" | tr ${swapFor(password)})`,
    ),
    encoded(
      "short-password",
      "a password without its last character",
      `${username}:${password.slice(0, -1)}`,
      `\${${USERNAME}}:\${${PASSWORD}%?}`,
    ),
    encoded("no-password", "the user name and no password", `${username}:`, `\${${USERNAME}}:`),
    encoded(
      "wrong-user",
      "a wrong user name",
      `${username}x:${password}`,
      `\${${USERNAME}}x:\${${PASSWORD}}`,
    ),
    encoded(
      "swapped",
      "user name and password swapped",
      `${password}:${username}`,
      `\${${PASSWORD}}:\${${USERNAME}}`,
    ),
    ...(otherCase === username
      ? []
      : [
          encoded(
            "other-case",
            "the user name in other case",
            `${otherCase}:${password}`,
            `$(printf %s "\${${USERNAME}}" | tr ${swapFor(username)}):\${${PASSWORD}}`,
          ),
        ]),
  ].filter(({ authorization }) => authorization?.header !== basic(`${username}:${password}`));
}

function otherCaseOf(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

/** The arguments of `tr` to change the case of a string like `otherCaseOf`. */
function swapFor(text: string): string {
  return text === text.toUpperCase() ? "A-Z a-z" : "a-z A-Z";
}

/** Whether an operation asks for HTTP Basic only, the one kind of credentials that is supported here. */
export function asksForBasic(operation: Operation): boolean {
  return (
    operation.security.length > 0 &&
    operation.security.every((schemes) =>
      schemes.every((scheme) => scheme.type === "http" && scheme.scheme === "basic"),
    ) &&
    operation.security.every((schemes) => schemes.length > 0)
  );
}

/** Removes the credentials from a text. */
export function redact(text: string, accounts: readonly Credentials[]): string {
  return accounts.reduce(redactAccount, text);
}

function redactAccount(text: string, { username, password }: Credentials): string {
  const pair = Buffer.from(`${username}:${password}`).toString("base64");
  return [[pair, "‹credentials›"], ...(password.length >= 4 ? [[password, "‹password›"]] : [])].reduce(
    (shown, [secret = "", label = ""]) => shown.replaceAll(secret, label),
    text,
  );
}

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}
