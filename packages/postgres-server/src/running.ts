import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A server that has been started. */
export interface Running {
  /** Stops it as if the power had failed. */
  stop(): Promise<void>;
  /** The same while this process ends, when nothing can be waited for. */
  abandon(): void;
}

/** Whose server it is, where that is not who runs this. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** Starts the server as a process of this one. */
export async function startDirectly(
  native: string,
  data: string,
  options: readonly string[],
  user: User,
): Promise<Running> {
  const child = spawn(join(native, "bin/postgres"), ["-D", data, ...options], {
    ...user,
    stdio: ["ignore", "ignore", "pipe"],
  });
  await new Promise<void>((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
      if (said.includes("ready to accept connections")) resolve();
    });
    child.once("exit", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGQUIT");
      await exited;
    },
    abandon: () => void child.kill("SIGQUIT"),
  };
}

/**
 * Starts the server by `pg_ctl`, for Windows: PostgreSQL refuses to run with the rights of an administrator, which CI has,
 * and `pg_ctl` takes them away.
 */
export async function startByControl(
  native: string,
  data: string,
  options: readonly string[],
  user: User,
): Promise<Running> {
  const program = join(native, "bin/pg_ctl");
  const stop = ["stop", "-D", data, "-m", "immediate", "-w"];
  const control = async (...args: string[]): Promise<number | null> => {
    const child = spawn(program, args, { ...user, stdio: "ignore" });
    const [code] = await once(child, "exit");
    return code;
  };
  const log = join(data, "start.log");
  const code = await control("start", "-D", data, "-w", "-l", log, "-o", options.join(" "));
  if (code !== 0) throw new Error(`PostgreSQL did not start: pg_ctl ended with ${code}, see ${log}`);
  return {
    stop: async () => void (await control(...stop)),
    abandon: () => void spawnSync(program, stop, { ...user, stdio: "ignore" }),
  };
}
