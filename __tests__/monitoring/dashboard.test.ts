import { AuroraCluster, AuroraEngine } from "../../lib";
import { TestTarget } from "../support/balancer";
import { testMonitoring, testSite } from "../support/monitored";
import { Config, reference, synth, testNetwork, testStack } from "../support/synth";

/** The dashboard of a site, as it is synthesized. */
function dashboard() {
  const { stack, balancer, hosts, database, network } = testSite();
  const monitoring = testMonitoring(stack);
  // In an order of its own.
  for (const one of [network, database, hosts, balancer]) monitoring.watch<object>(one, {});
  const body = () => synth(stack).only("aws_cloudwatch_dashboard").dashboard_body;
  const widgets = (): Config[] =>
    JSON.parse(body().replace(/\$\{[^}]*\}/g, (text: string) => text.replaceAll('"', "'"))).widgets;
  return { stack, balancer, hosts, database, monitoring, widgets };
}

const titleOf = ({ type, properties }: Config): string =>
  type === "text" ? properties.markdown.split("\n")[0] : properties.title;

describe("Monitoring's dashboard", () => {
  it("shows a request's way from top to bottom, whatever was watched first", () => {
    const headings = dashboard()
      .widgets()
      .filter(({ type }) => type !== "metric")
      .sort((one, other) => one.y - other.y)
      .map(titleOf);
    expect(headings).toEqual([
      "# shop-Monitoring",
      "Alarms",
      "## ▼ Load balancer: LoadBalancer",
      "## ▼ Hosts: Hosts",
      "## ▼ Database: Database",
      "## ▼ Way out to the internet: Network",
      "## Logs",
    ]);
  });

  it("has each widget in a place of its own, within AWS's 24 columns", () => {
    const widgets = dashboard().widgets();
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from(
        { length: width * height },
        (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`,
      ),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });

  it("shows the state of every alarm, first of the one for the whole site", () => {
    const { monitoring, widgets } = dashboard();
    const { properties } = widgets().find(({ type }) => type === "alarm")!;
    const [first, ...others] = properties.alarms;
    expect(first).toBe(reference(monitoring.siteDown!.alarm, "arn"));
    expect(others.sort()).toEqual(monitoring.alarms.map((alarm) => reference(alarm, "arn")).sort());
  });

  it("draws thresholds into the charts whose numbers they are for", () => {
    const chart = dashboard()
      .widgets()
      .find((widget) => titleOf(widget) === "Response time")!;
    expect(chart.properties.annotations.horizontal).toEqual([{ label: "slow-answers", value: 2 }]);
  });

  it("computes with metrics under names of their own", () => {
    const chart = dashboard()
      .widgets()
      .find((widget) => titleOf(widget) === "Errors of hosts")!;
    const options = chart.properties.metrics.map((line: unknown[]) => line.at(-1));
    expect(options.map(({ id, expression }: Config) => id ?? expression)).toEqual([
      "errors0",
      "requests0",
      "IF(FILL(errors0, 0) < 3, 0, 100 * FILL(errors0, 0) / requests0)",
    ]);
  });

  it("lists all logs: what is in them, where, for how long, encrypted with what", () => {
    const { markdown } = dashboard().widgets().at(-1)!.properties;
    expect(markdown.replace(/\$\{aws_\w+\.([\w-]+?)_[0-9A-F]{8}\.\w+\}/g, "$1")).toMatchSnapshot();
  });

  it("shows what is added later", () => {
    const { balancer, widgets } = dashboard();
    balancer.addTargets("Blog", { target: new TestTarget(), paths: ["/blog/*"] });
    expect(widgets().map(titleOf)).toContain("Healthy hosts: Rules-Blog-Targets");
  });

  it("shows a cluster's instances, and the lag of its readers", () => {
    const stack = testStack();
    const monitoring = testMonitoring(stack);
    monitoring.watch(
      new AuroraCluster(stack, "Database", {
        network: testNetwork(stack),
        engine: AuroraEngine.postgres("17"),
        databaseName: "shop",
      }),
    );
    const titles = monitoring.dashboard!.widgets.filter(({ type }) => type === "metric").map(titleOf);
    expect(titles).toEqual([
      "a: processors and connections",
      "a: memory and storage left",
      "a: disk",
      "b: processors and connections",
      "b: memory and storage left",
      "b: disk",
      "Lag behind the writer",
    ]);
  });

  it("shows more alarms than a widget takes in several widgets", () => {
    const { stack, balancer } = testSite();
    const monitoring = testMonitoring(stack);
    monitoring.watch(balancer);
    for (let one = 0; one < 30; one++) {
      const rule = { paths: [`/${one}`], priority: 100 + one };
      balancer.addTargets(`App${one}`, { target: new TestTarget(), ...rule });
    }
    const shown = monitoring.dashboard!.widgets.filter(({ type }) => type === "alarm");
    const counts = shown.map(({ properties }) => (properties.alarms as string[]).length);
    expect(counts).toEqual([100, monitoring.alarms.length + 1 - 100]);
    expect(shown[1]!.y).toBe(shown[0]!.y + shown[0]!.height);
  });

  it("can be called otherwise, and left out", () => {
    const named = testStack();
    testMonitoring(named, { dashboard: { name: "shop" } });
    expect(synth(named).only("aws_cloudwatch_dashboard").dashboard_name).toBe("shop");
    const without = testStack();
    testMonitoring(without, { dashboard: false });
    expect(synth(without).count("aws_cloudwatch_dashboard")).toBe(0);
  });
});
