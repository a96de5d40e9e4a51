import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { page } from "../__tests__/checks/page";

writeFileSync(join(__dirname, "..", "docs", "security-checks.md"), page());
