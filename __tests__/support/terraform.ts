import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "./synth";

const BINARY = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
const PROVIDER = join("registry.terraform.io", "hashicorp", "aws");

/** Names the folder of a Terraform filesystem mirror that has the AWS provider. */
const MIRROR_VARIABLE = "TERRAFORM_PROVIDER_MIRROR";

/** Why Terraform can't be used here; undefined where it can. */
export function terraformProblem(): string | undefined {
  const { stdout, error } = spawnSync(BINARY, ["version", "-json"], { encoding: "utf8", env: quietly() });
  if (error) {
    return `there is no ${BINARY} on the PATH; install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install)`;
  }
  const version: string = JSON.parse(stdout).terraform_version;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || minor >= 11 ? undefined : `${BINARY} is ${version}; Terraform 1.11 or newer is needed`;
}

/** Why the AWS provider can't be used here; undefined where it can. */
export function providerProblem(): string | undefined {
  return (
    terraformProblem() ??
    (findMirror()
      ? undefined
      : `no filesystem mirror with the AWS provider was found; make one by "terraform providers mirror DIR" and ` +
        `name it in ${MIRROR_VARIABLE}`)
  );
}

/**
 * Tests that need something from the machine: run where it is there, left out where it isn't, which is said
 * before the first test; in CI that is where the run ends.
 */
export function describeWhere(problem: string | undefined, name: string, body: () => void): void {
  if (problem === undefined) {
    describe(name, body);
  } else {
    describe.skip(name, body);
  }
}

/** A folder in which Terraform runs, apart from this machine's own configuration. */
export class TerraformFolder {
  private readonly path = mkdtempSync(join(tmpdir(), "tandem-terraform-"));

  public write(file: string, config: Config): void {
    writeFileSync(join(this.path, file), JSON.stringify(config));
  }

  /** Takes the AWS provider from a mirror, in the version that is there, without an account. */
  public useProviderFromMirror(): void {
    const mirror = findMirror()!;
    const versions = readdirSync(join(mirror, PROVIDER)).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
    const version = versions
      .sort((left, right) => left.localeCompare(right, "en", { numeric: true }))
      .at(-1)!;
    writeFileSync(
      join(this.path, "cli.tfrc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
    this.write("mirror_override.tf.json", {
      terraform: {
        required_providers: { aws: { source: "hashicorp/aws", version } },
        backend: { local: { path: "terraform.tfstate" } },
      },
      provider: {
        aws: {
          access_key: "none",
          secret_key: "none",
          skip_credentials_validation: true,
          skip_metadata_api_check: true,
          skip_region_validation: true,
          skip_requesting_account_id: true,
        },
      },
    });
  }

  /** Runs Terraform and returns what it printed. */
  public run(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(BINARY, args, {
      cwd: this.path,
      encoding: "utf8",
      env: { ...quietly(), TF_CLI_CONFIG_FILE: join(this.path, "cli.tfrc") },
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) {
      // Terraform quotes the line of the error, and synthesized JSON may be one long line.
      const said = `${stdout.slice(-2000)}\n${stderr}`.replace(
        /^.{400,}$/gm,
        (line) => `${line.slice(0, 400)}…`,
      );
      throw new Error(`terraform ${args.join(" ")}:\n${said}`);
    }
    return stdout;
  }

  /** Whether Terraform takes the configuration, without planning what it would do. */
  public validate(): void {
    this.run("init", "-input=false", "-no-color");
    this.run("validate", "-no-color");
  }

  /** A plan from nothing, as `terraform show -json` prints it. */
  public plan(): Config {
    this.run("init", "-input=false", "-no-color");
    this.run("plan", "-input=false", "-no-color", "-out=plan");
    return JSON.parse(this.run("show", "-json", "plan"));
  }

  public remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function quietly(): NodeJS.ProcessEnv {
  return { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
}

let mirror: string | undefined | null = null;

/** The variable first, then Terraform's own folders, then a look around the disk. */
function findMirror(): string | undefined {
  if (mirror !== null) return mirror;
  const named = process.env[MIRROR_VARIABLE];
  if (named !== undefined) return (mirror = existsSync(join(named, PROVIDER)) ? named : undefined);
  const candidates = [
    join(homedir(), ".terraform.d", "plugins"),
    join(homedir(), ".local", "share", "terraform", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
  const given = candidates.find((folder) => existsSync(join(folder, PROVIDER)));
  return (mirror = given ?? searchBelow("/", 3));
}

const NEVER = new Set(["proc", "sys", "dev", "node_modules", "tmp", "run"]);

function searchBelow(folder: string, depth: number): string | undefined {
  if (existsSync(join(folder, PROVIDER))) return folder;
  if (depth === 0) return undefined;
  let names: string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !NEVER.has(entry.name))
      .map((entry) => entry.name);
  } catch {
    return undefined;
  }
  for (const name of names) {
    const found = searchBelow(join(folder, name), depth - 1);
    if (found) return found;
  }
  return undefined;
}
