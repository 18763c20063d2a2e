/**
 * Typical edits of this repository's own spec: adds, renames and removes an operation, and fields of requests and
 * responses. The only other file that changes is a guide that calls a removed operation.
 */
export function editSpec(spec: string): string {
  return [addOperations, renameOperation, removeOperation, addField, renameField, removeField].reduce(
    (text, edit) => edit(text),
    spec,
  );
}

/** One operation that reads, and one that changes something. */
function addOperations(spec: string): string {
  const read = section(spec, "  /v2/transfers/{transfer_id}:");
  const receipt = read
    .replaceAll("transfer_id", "receipt_id")
    .replace("retrieveTransfer", "retrieveReceipt")
    .replace("transfers.retrieve", "receipts.retrieve")
    .replace(/ {6}x-resource: .*\n/, "")
    .replace("/v2/transfers/", "/v2/receipts/")
    .replace("Retrieve a transfer", "Retrieve a receipt");
  const redeliver = section(spec, "  /v2/payout-links/{payout_link_id}/redeliver:");
  const remind = redeliver
    .replace("/redeliver:", "/remind:")
    .replace("redeliverPayoutLink", "remindOfPayoutLink")
    .replace("payoutLinks.redeliver", "payoutLinks.remind")
    .replace(/( {6}x-resource:\n)(?: {8}.*\n)+/, "")
    .replace(/summary: .*/, "summary: Remind a payee")
    .replace(/Delivers a payout link to the payee again/, "Reminds the payee of a payout link");
  return spec.replace(redeliver, `${redeliver}${remind}`).replace(read, `${read}\n${receipt}`);
}

function renameOperation(spec: string): string {
  return replace(spec, "operationId: retrievePayoutRequest\n", "operationId: lookUpPayoutRequest\n");
}

/** Searches the latest transfers instead of retrieving one, because `editSpec` removes that operation. */
export function editGuide(guide: string): string {
  return replace(
    guide,
    "(await dots.transfers.retrieve(resource.id)).payout_link_id",
    "(await dots.transfers.list()).data.find(({ id }) => id === resource.id)?.payout_link_id",
  );
}

/** Removes the operation that retrieves a transfer. Transfers can still be listed. */
function removeOperation(spec: string): string {
  return spec.replace(section(spec, "  /v2/transfers/{transfer_id}:"), "");
}

function addField(spec: string): string {
  const field =
    '        occasion:\n          type: [string, "null"]\n          description: What the payout is for.\n';
  return ["    PayoutTerms:", "    PayoutLink:"].reduce((text, head) => {
    const schema = section(text, head);
    return text.replace(schema, replaceFirst(schema, "      properties:\n", `      properties:\n${field}`));
  }, spec);
}

function renameField(spec: string): string {
  return spec.replaceAll("quickbooks_account_id:", "quickbooks_ledger_id:");
}

function removeField(spec: string): string {
  return spec
    .replaceAll(/^ +quickbooks_class_id: \d+\n/gm, "")
    .replaceAll(/^( +)quickbooks_class_id:\n(?:\1 +.*\n)+/gm, "");
}

/** A key of the document with everything below it, up to the next key at the same depth. */
function section(spec: string, head: string): string {
  const indent = / */.exec(head)?.[0] ?? "";
  const start = spec.indexOf(`\n${head}\n`);
  if (start === -1) throw new Error(`${head.trim()} is not a key of the spec`);
  const rest = spec.slice(start + 1);
  const end = rest.slice(head.length).search(new RegExp(`^ {0,${indent.length}}\\S`, "m"));
  return end === -1 ? rest : rest.slice(0, head.length + end);
}

function replace(text: string, find: string, put: string): string {
  if (text.split(find).length !== 2) throw new Error(`${find.trim()} has to occur once in it`);
  return text.replace(find, put);
}

function replaceFirst(text: string, find: string, put: string): string {
  if (!text.includes(find)) throw new Error(`${find.trim()} is not there`);
  return text.replace(find, put);
}
