import { bundledApi } from "../api/bundled-api.ts";
import type { Call } from "../api/calls.ts";
import { Composer } from "../api/composer.ts";
import type { AddFlags } from "../command-line/command.ts";
import type { Target } from "../command-line/target.ts";
import { readTimes } from "../ledger/times.ts";
import type { Outbox } from "../outbox.ts";
import { OutboxError } from "../outbox-error.ts";
import { type Checked, checkRows } from "../rows/check-rows.ts";
import { formatOf, type Input } from "../rows/read-rows.ts";
import type { Limits } from "../store/settings.ts";
import { ask } from "../terminal/ask.ts";
import { warn } from "../terminal/say.ts";
import { previewLimits, requireBelow } from "./limits.ts";
import { previewStore, requireSame, type ToSend, toSend } from "./preview.ts";

/** The texts around adding rows. */
interface Words {
  /** The question. */
  readonly question: (rows: ToSend) => string;
  /** The text instead of the question with `--yes`. */
  readonly saying: (rows: ToSend) => string;
}

const NOBODY = "There is no terminal to ask on: look at the preview, then add --yes.";

/** Rows of a file that are valid for a call. */
export class FileRows implements Disposable {
  readonly call: Call;
  readonly checked: Checked;

  private constructor(call: Call, checked: Checked) {
    this.call = call;
    this.checked = checked;
  }

  /** @throws OutboxError that lists what is wrong */
  static async check(flags: AddFlags, { account }: Target, maxAmount: number | undefined): Promise<FileRows> {
    const api = bundledApi();
    const call = api.call(flags.call);
    const composer = new Composer(api, account, readTimes());
    return new FileRows(call, await checkRows(inputOf(flags), api, call, composer, maxAmount));
  }

  /** Adds all of them. */
  async add(outbox: Outbox): Promise<void> {
    for await (const _ of outbox.addEach(this.#intents())) {
      // All are on disk now.
    }
  }

  /**
   * Shows their total together with the store's, asks, and adds them.
   * @param limits the limits that will apply
   * @returns whether they were added
   */
  async addAfterPreview(outbox: Outbox, limits: Limits, yes: boolean, words: Words): Promise<boolean> {
    const { known } = await requireSame(outbox, this.#intents());
    const left = toSend(this.checked, known, await outbox.counts());
    previewStore(left);
    previewLimits(limits);
    requireBelow(this.checked, limits);
    if (yes) warn(words.saying(left));
    else if (left.rows > 0 && !(await ask(words.question(left), NOBODY))) {
      warn("Nothing was sent.");
      return false;
    }
    await this.add(outbox);
    return true;
  }

  [Symbol.dispose](): void {
    this.checked.staging.close();
  }

  *#intents() {
    for (const { id, body } of this.checked.staging.all()) yield { id, call: this.call.name, body };
  }
}

export function inputOf({ file, format }: Pick<AddFlags, "file" | "format">): Input {
  const found = format ?? (file === "-" ? "csv" : formatOf(file));
  if (found === undefined)
    throw new OutboxError(`The format of ${file} is unknown: add --format csv or --format jsonl.`);
  return { file, format: found };
}
