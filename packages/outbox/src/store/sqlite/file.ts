import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { messageOf, OutboxError, StoreBusyError, StoreFullError } from "../../outbox-error.ts";
import { number, text } from "../row.ts";
import { Sql } from "./sql.ts";

const CODES = {
  busy: 5,
  locked: 6,
  readonly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** Network file systems, where SQLite's locks and syncs are unreliable, by their magic number on Linux. */
const NETWORK_DISKS = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997]);

/** An open SQLite file whose commits survive a power cut. */
export class SqliteFile {
  readonly path: string;
  readonly sql: Sql;
  readonly #database: DatabaseSync;
  readonly #inode: bigint;

  /** @throws OutboxError if there is no such file and none can be created, or it is something else. */
  constructor(location: string) {
    const path = resolve(location);
    requireLocalDisk(path);
    try {
      makeFile(path);
      // Resolve symlinks, so that the files next to the store have one name.
      this.path = realpathSync(path);
      requireLocalDisk(this.path);
      this.#database = new DatabaseSync(this.path, { timeout: 100 });
      requireNode(this.#database);
      this.sql = new Sql(this.#database);
      makeDurable(this.sql, isOurs(this.sql));
      this.#inode = inodeOf(this.path) ?? 0n;
    } catch (error) {
      throw explain(error, path);
    }
  }

  /** Distinguishes this file from a copy. */
  get fingerprint(): string {
    const { ino, birthtimeNs } = statSync(this.path, { bigint: true });
    return `${ino}:${birthtimeNs}`;
  }

  /** Whether this is the file with this fingerprint, not a copy in its place. */
  isSame(fingerprint: string): boolean {
    const [inode, birth] = fingerprint.split(":");
    const [ownInode, ownBirth] = this.fingerprint.split(":");
    if (inode !== ownInode) return false;
    // The inode of a deleted file is reused for the next one.
    return birth === ownBirth || !knowsBirth(this.path);
  }

  /** @throws OutboxError if the file was deleted or replaced: writes would be lost. */
  requireInPlace(): void {
    if (inodeOf(this.path) === this.#inode) return;
    throw new OutboxError(
      `The store ${this.path} was deleted or replaced while it was in use. Nothing more is sent. Put the file back, or find out what was paid before you start over with a new one.`,
    );
  }

  /**
   * Does work in one transaction, all or nothing.
   * @throws StoreBusyError if another process writes; OutboxError when the file cannot be written
   */
  together<Result>(work: () => Result): Result {
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      // Also after a failed COMMIT: whether it is on disk is unknown, so it must not count.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw explain(error, this.path);
    }
  }

  /** Runs several statements without parameters or results. */
  script(statements: string): void {
    this.#database.exec(statements);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

function explain(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case undefined:
      return error;
    case CODES.busy:
    case CODES.locked:
      return new StoreBusyError(`Another process is writing the store ${path}.`);
    case CODES.full:
      return new StoreFullError(`The disk of the store ${path} is full. Make room, then try again.`);
    case CODES.readonly:
      return new OutboxError(`The store ${path} cannot be written. Change its permissions.`);
    case CODES.cannotOpen:
      return new OutboxError(
        `The store ${path} cannot be opened. Does its folder exist, and may this user write there?`,
      );
    case CODES.notADatabase:
      return new OutboxError(`${path} is not an SQLite file. Choose another --store.`);
    default:
      return new OutboxError(
        `The store ${path} cannot be used: ${messageOf(error)}. Look at its disk, then try again.`,
      );
  }
}

/**
 * Creates a store if there is none. It appears with its first page already written, so an empty file is never a new
 * store, but one that has lost its content.
 * @throws OutboxError if the file is empty
 */
function makeFile(path: string): void {
  if (existsSync(path)) {
    if (statSync(path).size > 0) return;
    throw new OutboxError(
      `The store ${path} is empty. If rows were sent from it, restore a backup and run recover. If not, delete the file.`,
    );
  }
  const part = `${path}-${process.pid}.part`;
  try {
    const database = new DatabaseSync(part);
    database.exec("PRAGMA user_version = 1");
    database.close();
    // It contains names of people. SQLite gives the files next to it the same permissions.
    chmodSync(part, 0o600);
    try {
      linkSync(part, path);
    } catch {
      // Not every file system has hard links. If the file exists, another process was faster.
      if (!existsSync(path)) copyFileSync(part, path, constants.COPYFILE_EXCL);
    }
  } finally {
    rmSync(part, { force: true });
  }
}

/** Earlier versions cannot tell whether a transaction that failed is still open. */
function requireNode(database: DatabaseSync): void {
  if (typeof database.isTransaction === "boolean") return;
  throw new OutboxError(`Node 22.16 or later is needed, but this is ${process.version}.`);
}

function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  const code = Number(error.errcode) & 0xff;
  // A broken constraint is our own bug, and keeps its stack.
  return code === 19 || code === 1 ? undefined : code;
}

function inodeOf(path: string): bigint | undefined {
  return existsSync(path) ? statSync(path, { bigint: true }).ino : undefined;
}

/** Whether the system knows when a file was created. Some return the time of its last change instead. */
function knowsBirth(path: string): boolean {
  const before = statSync(path, { bigint: true });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  utimesSync(path, Number(before.atimeMs) / 1_000, Number(before.mtimeMs) / 1_000);
  return statSync(path, { bigint: true }).birthtimeNs === before.birthtimeNs;
}

function requireLocalDisk(path: string): void {
  const folder = dirname(path);
  if (process.platform !== "linux" || !existsSync(folder)) return;
  if (NETWORK_DISKS.has(statfsSync(folder).type)) {
    throw new OutboxError(
      `The store ${path} is on a network disk, where SQLite cannot keep it safe. Use a local disk.`,
    );
  }
}

/** Whether the file is new or contains only an outbox, so that we may choose its settings. */
function isOurs(sql: Sql): boolean {
  return (
    sql.all("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'outbox_%' AND name NOT LIKE 'sqlite_%'")
      .length === 0
  );
}

/**
 * A commit counts once it is on disk. In WAL mode that takes `synchronous = FULL`; NORMAL would lose the last claims in
 * a power cut, and pay them twice.
 */
function makeDurable(sql: Sql, ours: boolean): void {
  sql.get("PRAGMA fullfsync = ON");
  sql.get("PRAGMA checkpoint_fullfsync = ON");
  sql.get("PRAGMA foreign_keys = ON");
  if (ours) sql.get(`PRAGMA journal_mode = ${isWalSafe(sql) ? "WAL" : "DELETE"}`);
  // With a rollback journal, EXTRA syncs its folder too.
  const isWal = text(sql.get("PRAGMA journal_mode"), "journal_mode") === "wal";
  sql.get(`PRAGMA synchronous = ${isWal ? "FULL" : "EXTRA"}`);
  const level = number(sql.get("PRAGMA synchronous"), "synchronous");
  if (level < 2) throw new OutboxError("SQLite does not accept synchronous = FULL here. Use another disk.");
}

/** Before 3.51.3, two processes that reset a WAL at once can lose pages of it. */
function isWalSafe(sql: Sql): boolean {
  const [major = 0, minor = 0, patch = 0] = text(sql.get("SELECT sqlite_version() AS version"), "version")
    .split(".")
    .map(Number);
  return major * 1_000_000 + minor * 1_000 + patch >= 3_051_003;
}
