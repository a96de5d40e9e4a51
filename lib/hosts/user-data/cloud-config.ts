import { Token } from "cdktf";
import { dump } from "js-yaml";
import { gzipSync } from "node:zlib";
import { base64, knownText } from "../../expressions";
import { environmentFile } from "./environment-file";
import { HostContent, joinContents } from "./host-content";
import { HostFile } from "./host-file";
import { APPLICATION_ENVIRONMENT_FILE, HOST_ENVIRONMENT_FILE, SCRIPT_DIRECTORY } from "./systemd-unit";

const DESCRIBE_HOST = `${SCRIPT_DIRECTORY}/describe-host`;
const SET_UP = `${SCRIPT_DIRECTORY}/set-up`;
const SET_UP_DONE = "/run/host-set-up";

// cloud-init knows the instance's metadata already: no token has to be fetched, and it is the same on every
// distribution.
const DESCRIBE_HOST_SCRIPT = `#!/bin/sh
set -eu
fact() {
  answer="$(cloud-init query "$1" 2>/dev/null || true)"
  case "$answer" in
    "" | null | None) ;;
    *) printf '%s="%s"\\n' "$2" "$answer" ;;
  esac
}
{
  fact instance_id INSTANCE_ID
  fact availability_zone AVAILABILITY_ZONE
  fact region AWS_REGION
} > ${HOST_ENVIRONMENT_FILE}
`;

/** User data, and what can be checked of it. */
export interface CloudConfig {
  readonly text: string;
  /** Bytes that what is known before the deploy has when it is compressed by gzip, about. */
  readonly compressedLength: number;
  /** Paths of the files that are written, in their order. */
  readonly paths: readonly string[];
}

/**
 * User data for cloud-init, of the parts of a host in their order.
 *
 * Texts known only after deploy are written as Base64 that Terraform makes, so that nothing in them can break
 * the YAML around them.
 *
 * Source: https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function cloudConfig(
  contents: readonly HostContent[],
  environment: Readonly<Record<string, string>>,
): CloudConfig {
  const { packages, files, setup, services, afterwards } = joinContents(contents);
  const start = services.map((service) => `systemctl enable --now ${service}`);
  const written: HostFile[] = [
    { path: APPLICATION_ENVIRONMENT_FILE, content: environmentFile(environment), permissions: "0600" },
    { path: DESCRIBE_HOST, content: DESCRIBE_HOST_SCRIPT, permissions: "0755" },
    {
      path: SET_UP,
      content: [
        "#!/bin/sh",
        "set -eu",
        DESCRIBE_HOST,
        ...setup,
        "systemctl daemon-reload",
        ...start,
        "",
      ].join("\n"),
      permissions: "0755",
    },
    ...files,
  ];
  const config = {
    ...(packages.length > 0 && { package_update: true, packages }),
    write_files: written.map(writeFile),
    // All are lines of one script whose last one says how it ended.
    runcmd: [`${SET_UP} && touch ${SET_UP_DONE}`, ...afterwards, `test -e ${SET_UP_DONE}`],
  };
  // cloud-init reads YAML 1.1, to which a bare yes or 0644 is no text: js-yaml quotes what either version would
  // take for something else.
  const text = `#cloud-config\n${dump(config, { lineWidth: -1 })}`;
  const encoded = written.filter((file) => Token.isUnresolved(file.content));
  const known = [knownText(text), ...encoded.map((file) => toBase64(knownText(file.content)))].join("");
  const paths = written.map((file) => file.path);
  return { text, compressedLength: gzipSync(known).length, paths };
}

function toBase64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

function writeFile(file: HostFile): Record<string, string> {
  const encoded = Token.isUnresolved(file.content);
  return {
    path: file.path,
    permissions: file.permissions ?? "0644",
    ...(encoded ? { encoding: "b64", content: base64(file.content) } : { content: file.content }),
  };
}
