/** Milliseconds of the parts of a duration. Years and months are not included: they have no fixed length. */
const PARTS = { weeks: 604_800_000, days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000 };

const DURATION =
  /^P(?=.)(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?=.)(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/;

/** The length of an ISO 8601 duration such as `PT24H`, in milliseconds; `undefined` if the text is not one. */
export function parseDuration(text: string): number | undefined {
  const groups = DURATION.exec(text)?.groups;
  if (groups === undefined) return undefined;
  return Object.entries(PARTS).reduce((sum, [name, length]) => sum + Number(groups[name] ?? 0) * length, 0);
}
