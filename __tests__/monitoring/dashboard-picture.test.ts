import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drawDashboard } from "../../scripts/draw-dashboard/draw";
import { dashboardOfSite } from "../../scripts/draw-dashboard/site";
import { testApp } from "../support/synth";

describe("docs/dashboard.svg", () => {
  it("is the dashboard of a site as it is today; npm run docs:write draws it anew", () => {
    const picture = readFileSync(join(__dirname, "..", "..", "docs", "dashboard.svg"), "utf8");
    expect(drawDashboard(dashboardOfSite(testApp()))).toBe(picture);
  });
});
