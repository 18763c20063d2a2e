// For the runtimes that have a command line: url, closed and what the runtime is like are its arguments.
import { runSuite } from "./suite.js";

const [url, closed, runtime] = process.argv.slice(2);
console.log(`problems: ${JSON.stringify(await runSuite(url, closed, JSON.parse(runtime)))}`);
process.exit();
