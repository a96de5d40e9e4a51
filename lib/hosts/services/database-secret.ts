import { MachineImage } from "../machine-image";
import { HostContent } from "../user-data/host-content";
import {
  APPLICATION_ENVIRONMENT_FILE,
  HOST_ENVIRONMENT_FILE,
  RUN_DIRECTORY,
  SCRIPT_DIRECTORY,
  UNIT_DEFAULTS,
  dropInFile,
  unitFile,
} from "../user-data/systemd-unit";

const SCRIPT = `${SCRIPT_DIRECTORY}/database-secret`;
const UNIT = "database-secret";
/** Fetches the secret once. */
export const SECRET_UNIT = `${UNIT}.service`;
const FILE = `${RUN_DIRECTORY}/database.env`;

/** What the application finds of the secret. */
export const SECRET_VARIABLES = ["DATABASE_USERNAME", "DATABASE_PASSWORD"] as const;

const FETCH = `import json
import os
import subprocess
import sys

FILE = "${FILE}"
ARN = os.environ["DATABASE_SECRET_ARN"]
command = ["aws", "secretsmanager", "get-secret-value", "--region", ARN.split(":")[3], "--secret-id", ARN]
command += ["--query", "SecretString", "--output", "text"]
# Not the application's variables, which may point AWS's command line elsewhere.
environment = {"HOME": "/root", "PATH": "/usr/local/bin:/usr/bin:/bin:/snap/bin"}
secret = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout)


def quoted(value):
    return '"' + "".join("\\\\" + letter if letter in '\\\\"$\`' else letter for letter in str(value)) + '"'


text = "".join("DATABASE_%s=%s\\n" % (key.upper(), quoted(secret[key])) for key in ("username", "password"))
try:
    with open(FILE) as file:
        before = file.read()
except FileNotFoundError:
    before = None
if text != before:
    with open(FILE + ".new", "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(text)
    os.replace(FILE + ".new", FILE)
    # Not waited for: the application's start may be waiting for this very script.
    subprocess.run(["systemctl", "--no-block", "try-restart", sys.argv[1]], check=True)
`;

/**
 * Fetches the database's secret with the host's role before the application starts, keeps it in memory only, and
 * looks for a new one every five minutes; then the application is started again to see it. Hosts do so at different
 * moments.
 *
 * @param unit systemd unit of the application
 */
export function databaseSecret(image: MachineImage, unit: string): HostContent {
  const { packages, commands } = image.installation("awsCli");
  return {
    packages,
    files: [
      { path: SCRIPT, content: FETCH },
      unitFile(SECRET_UNIT, {
        Unit: { Description: "Secret of the database", ...UNIT_DEFAULTS },
        Service: {
          Type: "oneshot",
          EnvironmentFile: [HOST_ENVIRONMENT_FILE, APPLICATION_ENVIRONMENT_FILE],
          RuntimeDirectory: "tandem",
          RuntimeDirectoryPreserve: "yes",
          Restart: "on-failure",
          RestartSec: "5",
          ExecStart: `/usr/bin/python3 -I ${SCRIPT} ${unit}`,
        },
      }),
      unitFile(`${UNIT}.timer`, {
        Unit: { Description: "Looks for a new secret of the database" },
        Timer: { OnActiveSec: "5min", OnUnitInactiveSec: "5min", RandomizedDelaySec: "2min" },
        Install: { WantedBy: "timers.target" },
      }),
      dropInFile(unit, "database-secret", {
        // Wanted, not required: an application that runs goes on without Secrets Manager.
        Unit: { Wants: SECRET_UNIT, After: SECRET_UNIT },
        Service: { EnvironmentFile: `-${FILE}` },
      }),
    ],
    setup: commands,
    services: [`${UNIT}.timer`],
  };
}
