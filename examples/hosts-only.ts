import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HostApplication, MachineImage, Network, WebHosts } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "hosts");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const network = new Network(stack, "Network", {
  availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
});
const hosts = new WebHosts(stack, "Hosts", {
  network,
  image: MachineImage.debian12({ architecture: "arm64" }),
  minHosts: 3,
  application: HostApplication.commands({
    port: 8080,
    packages: ["python3"],
    files: [{ path: "/srv/index.html", content: "<h1>Hello</h1>\n" }],
    start: "exec python3 -m http.server --directory /srv 8080",
  }),
});
hosts.addPolicy("Uploads", { actions: ["s3:PutObject"], resources: ["arn:aws:s3:::uploads-of-the-shop/*"] });

app.synth();
