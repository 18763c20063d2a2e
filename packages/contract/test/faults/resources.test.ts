import { describeFaults } from "./find.ts";
import { resourcesFaults } from "./resources.ts";

describeFaults(["resources"], resourcesFaults());
