import { optionHeaders } from "@dots-payouts/client";
import type { Api } from "./calls.ts";

/** A client option that says for whom it acts. */
export interface AccountOption {
  readonly option: string;
  /** The header that it is sent in, in lower case. */
  readonly header: string;
  /** The command's flag, without its dashes. */
  readonly flag: string;
}

/** The client options that are part of a key's scope: with another value, it is another account. */
export function accountOptions({ calls }: Pick<Api, "calls">): AccountOption[] {
  const scope = new Set(calls.flatMap(({ key }) => key?.scope ?? []));
  return optionHeaders
    .filter(([option]) => scope.has(option))
    .map(([option, header]) => ({
      option,
      header: header.toLowerCase(),
      flag: option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    }));
}
