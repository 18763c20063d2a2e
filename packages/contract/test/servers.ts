import { runContract } from "../src/index.ts";
import { type Behavior, PASSWORD, startReference, USERNAME } from "./reference/server.ts";

type Options = Omit<Parameters<typeof runContract>[0], "url">;

/** Runs the suite against a server that accepts the reference server's credentials. */
export function checkAt(url: string, options: Options = {}) {
  return runContract({
    url,
    username: USERNAME,
    password: PASSWORD,
    seed: 1,
    quick: true,
    cleanUp: false,
    ...options,
  });
}

/** Runs the suite against the reference server. */
export async function checkReference(behavior: Behavior = {}, options: Options = {}) {
  await using server = await startReference(behavior);
  return await checkAt(server.url, options);
}
