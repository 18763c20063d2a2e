import { rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Cluster, copy, copyCluster, createCluster, makeFolder, own, SERVER_USER } from "./cluster.ts";
import { connectToPostgres, type PostgresConnection } from "./connection.ts";
import { type Running, startByControl, startDirectly } from "./running.ts";

export type { Cluster } from "./cluster.ts";
export { connectToPostgres, type PostgresConnection } from "./connection.ts";

/** A PostgreSQL server for tests. */
export interface PostgresServer extends PostgresConnection {
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
}

export interface PostgresOptions {
  /** More settings, such as `fsync=on`. A later one counts. */
  readonly settings?: readonly string[];
  /** Stores its files on a disk, even if there is a file system in memory. */
  readonly onDisk?: boolean;
  /** Starts from a copy of it, which takes a fifth of the time of creating one. @default a new one */
  readonly cluster?: Cluster;
}

/** An empty cluster for several servers. */
export async function preparePostgres(): Promise<Cluster & { close(): Promise<void> }> {
  const folder = await makeFolder(false);
  const cluster = await createCluster(folder);
  return { ...cluster, close: () => rm(folder, { recursive: true, force: true }) };
}

export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = await makeFolder(options.onDisk === true);
  const { native, data } =
    options.cluster === undefined ? await createCluster(folder) : await copyCluster(options.cluster, folder);
  const port = await freePort();
  const connection = connectToPostgres(port);
  let running: Running | undefined;

  const start = async () => {
    const settings = [
      ...["fsync=off", "unix_socket_directories=", "listen_addresses=127.0.0.1", "restore_command=false"],
      ...(options.settings ?? []),
    ];
    const flags = ["-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
    const begin = process.platform === "win32" ? startByControl : startDirectly;
    running = await begin(native, data, flags, SERVER_USER);
  };
  const kill = async () => {
    await connection.close();
    await running?.stop();
    running = undefined;
  };
  const close = async () => {
    process.off("exit", abandon);
    await kill();
    await rm(folder, { recursive: true, force: true });
  };
  const abandon = () => running?.abandon();
  process.once("exit", abandon);
  await start();
  const backup = join(folder, "backup");
  return {
    ...connection,
    kill,
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
      await own(join(data, "recovery.signal"));
    },
    close,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
