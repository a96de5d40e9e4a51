import { Token, TerraformVariable } from "cdktf";
import { load } from "js-yaml";
import { gunzipSync } from "node:zlib";
import { HostApplication, WebHosts } from "../../lib";
import { synth, testNetwork, testStack, Config } from "../support/synth";
import { TerraformFolder, describeWhere, terraformProblem } from "../support/terraform";

const NASTY = "say \"hi\" for $5 \\o/ `now` ${not} %{a} $${token} 'quote' # : yes";

describeWhere(terraformProblem(), "user data, evaluated by Terraform,", () => {
  it("brings every text to the host unharmed, whatever is in it", () => {
    const stack = testStack();
    const text = new TerraformVariable(stack, "text", { type: "string", default: NASTY }).stringValue;
    const image = new TerraformVariable(stack, "image", {
      type: "string",
      default: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop",
    }).stringValue;
    const port = new TerraformVariable(stack, "number", { type: "number", default: 5432 }).numberValue;
    const hosts = new WebHosts(stack, "Hosts", {
      network: testNetwork(stack),
      application: HostApplication.container(`${image}:1.4`, {
        port: 8080,
        environment: { LITERAL: NASTY, TOKEN: text, BOTH: `<${text}>`, NUMBER: Token.asString(port) },
      }),
    });
    const synthesized = synth(stack);
    const folder = new TerraformFolder();
    let userData: string;
    try {
      folder.write("main.tf.json", {
        variable: synthesized.json.variable,
        output: { user_data: { value: synthesized.of(hosts.launchTemplate).user_data } },
      });
      folder.run("apply", "-auto-approve", "-input=false");
      userData = gunzipSync(Buffer.from(folder.run("output", "-raw", "user_data"), "base64")).toString();
    } finally {
      folder.remove();
    }

    const config = load(userData) as { write_files: Config[] };
    const content = (path: string): string => {
      const file = config.write_files.find((one) => one.path === path)!;
      return file.encoding === "b64" ? Buffer.from(file.content, "base64").toString() : file.content;
    };
    const escaped = NASTY.replace(/[\\"$`]/g, "\\$&");
    expect(content("/etc/tandem/application.env")).toBe(
      `PORT="8080"\nLITERAL="${escaped}"\nTOKEN="${escaped}"\nBOTH="<${escaped}>"\nNUMBER="5432"\n`,
    );
    expect(JSON.parse(content("/etc/tandem/docker/config.json"))).toEqual({
      credHelpers: { "123456789012.dkr.ecr.eu-west-1.amazonaws.com": "ecr-login" },
    });
    expect(content("/etc/systemd/system/application.service")).toContain(
      ' "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4"\n',
    );
  });
});
