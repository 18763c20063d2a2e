import { acceptsFaults } from "./accepts.ts";
import { describeFaults } from "./find.ts";

describeFaults(["accepts"], acceptsFaults);
