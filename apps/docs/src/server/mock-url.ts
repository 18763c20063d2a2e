import { MOCK_URL } from "../samples/sample-request.ts";
import { type SiteFile, siteFile } from "./files.ts";

/** Code in a page. The text around it tells readers to start a mock, which listens at its default address. */
const CODE = /<pre[^>]*>[\s\S]*?<\/pre>/g;

/** A file of the site in which samples and console use the mock at this URL. */
export function withMockUrl(file: SiteFile, mockUrl: string | undefined): SiteFile {
  if (mockUrl === undefined || mockUrl === MOCK_URL) return file;
  const isPage = file.type.startsWith("text/html");
  if (!isPage && !/^(application\/json|text\/plain)/.test(file.type)) return file;
  const text = file.body.toString("utf8");
  const changed = isPage
    ? text.replace(CODE, (code) => code.replaceAll(MOCK_URL, mockUrl))
    : text.replaceAll(MOCK_URL, mockUrl);
  return changed === text ? file : siteFile(Buffer.from(changed), file.type);
}
