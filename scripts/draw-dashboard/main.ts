import { App } from "cdktf";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawDashboard } from "./draw";
import { dashboardOfSite } from "./site";

/** Draws docs/dashboard.svg anew: `node --import tsx scripts/draw-dashboard/main.ts`. */
const app = new App({ outdir: mkdtempSync(join(tmpdir(), "tandem-dashboard-")) });
writeFileSync(join(__dirname, "..", "..", "docs", "dashboard.svg"), drawDashboard(dashboardOfSite(app)));
