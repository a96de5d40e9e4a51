import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { step } from "../step";

/** Names the folder of the root filesystem that hosts boot from. */
export const ROOT_FILESYSTEM_VARIABLE = "TANDEM_E2E_ROOT_FILESYSTEM";

const RELEASE = "bookworm";
const CACHE = join(__dirname, "..", "..", "build", "e2e", "root-filesystems");
const HOOK = join(__dirname, "finish-root-filesystem.sh");
/** What makes it, besides packages. */
const SOURCES = [HOOK, ...["docker", "container.py"].map((name) => join(__dirname, "docker-stand-in", name))];

/** What Debian's image for EC2 has, as far as it matters to user data. */
const PACKAGES = [
  "ca-certificates",
  "cloud-init",
  "curl",
  "dbus",
  "iproute2",
  "libpam-systemd",
  "locales",
  "openssh-server",
  "openssl",
  "procps",
  "python3",
  "systemd-sysv",
  "unattended-upgrades",
];

/**
 * A Debian 12 root filesystem like that of Debian's image for EC2, and in it an archive of further packages with
 * all that they depend on, so that cloud-init updates its lists and installs them as anywhere, without a network.
 * It is kept until the packages change.
 *
 * @returns its folder, which must not be written to
 */
export function buildRootFilesystem(installedByCloudInit: readonly string[]): string {
  const packages = [...new Set(installedByCloudInit)].sort();
  const hash = createHash("sha256")
    .update(JSON.stringify([RELEASE, PACKAGES, packages, SOURCES.map((file) => readFileSync(file, "utf8"))]))
    .digest("hex")
    .slice(0, 12);
  const folder = join(CACHE, `${RELEASE}-${hash}`);
  if (existsSync(folder)) {
    step(`Root filesystem: ${folder} is there`);
    return folder;
  }
  step(`Root filesystem: building ${folder}, with ${packages.join(", ") || "no package"} to install`);
  mkdirSync(CACHE, { recursive: true });
  // What is there is of other packages, or was begun and not finished.
  for (const name of readdirSync(CACHE)) rmSync(join(CACHE, name), { recursive: true, force: true });
  const unfinished = `${folder}.unfinished`;
  run("mmdebstrap", [
    "--mode=root",
    "--variant=minbase",
    `--include=${PACKAGES.join(",")}`,
    "--skip=cleanup/apt",
    `--customize-hook=sh '${HOOK}' "$1" ${packages.join(" ")}`,
    RELEASE,
    unfinished,
    ...machineSources(),
  ]);
  renameSync(unfinished, folder);
  return folder;
}

/** Where this machine has its Debian from, as sources for apt; none means mmdebstrap's own default. */
function machineSources(): string[] {
  const format = "$(SITE) $(RELEASE) $(COMPONENT)";
  const targets = run("apt-get", ["indextargets", "--format", format, "Created-By: Packages"]);
  const ours = targets.split("\n").filter((line) => {
    const [, release = "", component] = line.split(" ");
    return component === "main" && [RELEASE, `${RELEASE}-updates`, `${RELEASE}-security`].includes(release);
  });
  return [...new Set(ours)].map((line) => `deb ${line}`);
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}:\n${error?.message ?? stderr}`);
  return stdout;
}
