import { OutboxError, StoreBusyError, StoreFullError } from "../../../outbox-error.ts";

/** Whether a store is in PostgreSQL. */
export function isPostgres(location: string): boolean {
  return /^postgres(ql)?:\/\//i.test(location);
}

/**
 * The driver, which users install if they need it.
 * @throws OutboxError if it is not installed
 */
export async function loadPostgres() {
  try {
    return (await import("pg")).default;
  } catch {
    throw new OutboxError(
      "A store in PostgreSQL needs the package pg. Install it next to the outbox: npm install pg",
    );
  }
}

/** A store's URL as it may be shown: without a password and settings. */
export function placeOf(url: string): string {
  if (!isReadable(url)) return "postgres://…";
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username === "" ? "" : `${username}@`}${host}${pathname}`;
}

/** @throws OutboxError if the password in the URL cannot be recognized */
export function requireReadable(url: string): void {
  if (isReadable(url)) return;
  throw new OutboxError(
    "The store's URL cannot be read. It looks like postgres://user:password@host:5432/name; characters such as /, # and @ " +
      "in a password are written as %2F, %23 and %40. A password may also be in PGPASSWORD.",
  );
}

/** An unencoded password may end up in what looks like a host or path. */
function isReadable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password, host, pathname, hash } = new URL(url);
  const isSplit = url.includes("@") && username === "" && password === "";
  return hash === "" && host !== "" && !pathname.includes("@") && !isSplit;
}

const LOCKED = "55P03";

/** Temporary errors and error classes (PostgreSQL, appendix A). */
const PASSING = new Set([
  "08", // the connection
  "40", // a deadlock, or a conflict of transactions
  "53", // too many connections, no memory
  "57", // shut down, starting up, cancelled
  LOCKED, // a lock that was not available
  "25P03", // idle for too long within a transaction
  "25006", // read-only: a server that has just become, or no longer is, the primary
  "55000", // a server that is still recovering
]);

/** Whether a statement gave up waiting for another transaction. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === LOCKED;
}

const FULL = "53100";

/** Temporary socket errors. */
const SOCKET = /^(E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|ADDRNOTAVAIL)|ERR_(STREAM|SOCKET))/;

/** The driver's messages, without a code, for connections that are gone or do not answer. */
const GONE =
  /timeout|terminated|Connection (ended|closed)|not queryable|Client was closed|Client has encountered/i;

/** What the driver says when the database asks for a password and it has none. */
const NEEDS_PASSWORD = /password must be a (non-empty )?string|client password/i;

/** Translates a database error. Our own bugs are left alone, with their stack. */
export function explain(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || error instanceof OutboxError) return error;
  const code = "code" in error ? String(error.code) : "";
  const problem = problemOf(error);
  if (NEEDS_PASSWORD.test(problem)) {
    return new OutboxError(`The store ${place} asks for a password. Set PGPASSWORD, or put it into the URL.`);
  }
  if (code === FULL)
    return new StoreFullError(`The disk of the store ${place} is full. Make room, then try again.`);
  const passes =
    SOCKET.test(code) ||
    PASSING.has(code) ||
    PASSING.has(code.slice(0, 2)) ||
    (code === "" && GONE.test(problem));
  if (passes) return new StoreBusyError(`The store ${place} cannot be reached, or is busy (${problem}).`);
  // Wrong names, passwords and permissions; missing databases and hosts.
  if (/^(28|3D|42501|ENOTFOUND)/.test(code))
    return new OutboxError(`The store ${place} cannot be used (${problem}).`);
  return error;
}

/** A short description. A connection that was tried at several addresses has no message. */
function problemOf(error: Error): string {
  const [line = ""] = error.message.split("\n");
  return line || ("code" in error ? String(error.code) : error.name);
}
