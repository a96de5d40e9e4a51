import { spawn } from "node:child_process";
import { resolve as resolvePath } from "node:path";

/** The oldest version of Terraform, and of OpenTofu, that has write-only arguments. */
const OLDEST = [1, 11] as const;

/** The Terraform that is used: `TERRAFORM_BINARY_NAME`, as for CDKTF itself, or `terraform`. */
export class TerraformBinary {
  private static checked: Promise<TerraformBinary> | undefined;

  /**
   * The binary, after its version was looked at once.
   *
   * @throws Error in one sentence, if there is none or if it is too old
   */
  public static async get(): Promise<TerraformBinary> {
    const name = process.env.TERRAFORM_BINARY_NAME || "terraform";
    // A path is meant from here, not from where Terraform runs.
    return (this.checked ??= this.check(name.includes("/") ? resolvePath(name) : name));
  }

  private static async check(name: string): Promise<TerraformBinary> {
    const binary = new TerraformBinary(name);
    const { stdout } = await binary.run(["version", "-json"], { folder: process.cwd() });
    const version = readVersion(stdout);
    if (!/^\d+\.\d+/.test(version)) {
      throw new Error(`${name} is neither Terraform nor OpenTofu: it prints no version.`);
    }
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
      throw new Error(`${name} has version ${version}, but plans need ${OLDEST.join(".")} or newer.`);
    }
    return binary;
  }

  private constructor(public readonly name: string) {}

  /** Runs one command, apart from this machine's own configuration of Terraform. */
  public run(args: readonly string[], options: RunOptions): Promise<RunResult> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.name, args, {
        cwd: options.folder,
        env: { ...environment(), ...options.environment },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const read = { stdout: "", stderr: "" };
      for (const stream of ["stdout", "stderr"] as const) {
        child[stream].setEncoding("utf8").on("data", (chunk: string) => (read[stream] += chunk));
      }
      child.once("error", (error: NodeJS.ErrnoException) =>
        reject(error.code === "ENOENT" ? this.missing() : error),
      );
      child.once("close", (status, signal) => resolve({ status: status ?? -1, signal, ...read }));
    });
  }

  private missing(): Error {
    return new Error(
      `There is no ${this.name} on the PATH: install Terraform 1.11 or newer ` +
        "(https://developer.hashicorp.com/terraform/install), or name another binary, such as tofu, in TERRAFORM_BINARY_NAME.",
    );
  }
}

export interface RunOptions {
  /** Where it runs. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface RunResult {
  readonly status: number;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Keeps Terraform from asking the network for news, and from this machine's own settings. */
export const QUIET = { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };

/** Terraform's garbage collector takes a fifth of the time of a plan, whose process ends soon anyway. */
const HASTY = { GOGC: "400" };

/** Variables that would make a command of ours another one. */
const FOREIGN = /^TF_(CLI_ARGS.*|WORKSPACE|DATA_DIR|LOG.*|INPUT|VAR_.*|CLI_CONFIG_FILE|REATTACH_PROVIDERS)$/;

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return {
    ...Object.fromEntries(kept),
    ...QUIET,
    ...HASTY,
    TF_IN_AUTOMATION: "1",
  };
}

function readVersion(printed: string): string {
  try {
    return (JSON.parse(printed) as { terraform_version: string }).terraform_version;
  } catch {
    return printed.trim().split("\n")[0] ?? "";
  }
}
