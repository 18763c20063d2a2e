import type { CommandOf } from "../command-line/command.ts";
import { nameOf, openTarget, targetFor } from "../command-line/target.ts";
import { shown } from "../open-store.ts";
import { EXIT, type Exit } from "../terminal/exit.ts";
import { say, warn } from "../terminal/say.ts";
import { StopSignal } from "../terminal/stop-signal.ts";
import { who } from "../terminal/who.ts";
import { requireClient, tellAlarms } from "./send.ts";

/** `dots-outbox work`: sends until it is stopped, together with other workers. */
export async function workCommand({ store, target: flags, send }: CommandOf<"work">): Promise<Exit> {
  // A worker may start before there are any rows.
  const target = await targetFor(store, flags);
  await using outbox = await openTarget(target, store, true);
  await requireClient(outbox, send);
  using stop = new StopSignal(warn);
  say(`Sending from ${shown(store)} to ${nameOf(target)}. Stop it with Ctrl-C or SIGTERM.`);
  const { requests, stopped } = await outbox.work({
    concurrency: send.concurrency,
    perSecond: send.perSecond,
    maxTotal: send.maxTotal,
    maxAmount: send.maxAmount,
    newClient: send.newClient,
    who: who(),
    signal: stop.signal,
    onWaiting: (reason) =>
      warn(reason === undefined ? "Sending again." : `Waiting: ${reason.replace(/\.$/, "")}.`),
  });
  await tellAlarms(outbox).catch(() => undefined);
  say(`${stopped.message.replace(/\.$/, "")}. Requests sent: ${requests}.`);
  return stopped.by === "signal" ? EXIT.done : EXIT.stopped;
}
