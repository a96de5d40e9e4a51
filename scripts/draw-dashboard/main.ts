import { App } from "cdktf";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawDashboard } from "./draw";
import { dashboardOfSite } from "./site";

/** Draws docs/dashboard.svg anew, as `npm run docs:write` does. */
const outdir = mkdtempSync(join(tmpdir(), "tandem-dashboard-"));
try {
  const widgets = dashboardOfSite(new App({ outdir }));
  writeFileSync(join(__dirname, "..", "..", "docs", "dashboard.svg"), drawDashboard(widgets));
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
