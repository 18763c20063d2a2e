import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const USUAL_PLACES = [
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

// In the folder that installing clears, and nobody else writes to.
const CACHE = fileURLToPath(new URL("../node_modules/.cache/chromium/", import.meta.url));

/**
 * Starts a real Chromium: the system's if there is one, else the one from a package.
 * @param flags more of its command line
 */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const system = process.env["CHROME_PATH"] ?? USUAL_PLACES.find((path) => existsSync(path));
  if (process.env["CHROME_PATH"] !== undefined && !existsSync(process.env["CHROME_PATH"])) {
    throw new Error(`CHROME_PATH names no file: ${process.env["CHROME_PATH"]}`);
  }
  // Chromium refuses to run its sandbox as root. The pages are our own.
  const args = [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...flags];
  if (system !== undefined) return chromium.launch({ executablePath: system, args });
  const folder = await unpackedChromium();
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args,
    env: {
      ...process.env,
      FONTCONFIG_PATH: join(folder, "fonts"),
      LD_LIBRARY_PATH: join(folder, "al2023/lib"),
    },
  });
}

/** Unpacks the packaged Chromium once. Runs that race unpack each for themselves; the first one's folder stays. */
async function unpackedChromium(): Promise<string> {
  const require = createRequire(import.meta.url);
  const manifest = join(dirname(require.resolve("@sparticuz/chromium")), "../package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8"));
  const folder = join(CACHE, String(version));
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const work = await mkdtemp(join(CACHE, ".unpacking-"));
  try {
    await unpackInto(work);
    await writeFile(join(work, "fonts/fonts.conf"), fontConfig(folder));
    await rename(work, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The package unpacks into the temporary folder of its process, so it gets a process with one of its own. */
async function unpackInto(folder: string): Promise<void> {
  const script = `import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())`;
  await promisify(execFile)(process.execPath, ["--eval", script], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
  });
}

// The packaged one looks for fonts in places of its own.
function fontConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts/fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}
