import type { HostFile } from "../../lib";

const FOLDER = "/var/lib/aws-stand-in";

/** What the stand-in says the secret is; a test may write another one. */
export const SECRET_FILE = `${FOLDER}/secret.json`;
/** What it was asked, a line for each call. */
export const CALLS_FILE = `${FOLDER}/calls`;
/** While it is there, AWS can't be reached. */
export const OUTAGE_FILE = `${FOLDER}/outage`;

/** Stands in for AWS's command line: answers what hosts ask, and keeps what they asked. */
export function awsCommand(secret: object): readonly HostFile[] {
  return [
    { path: SECRET_FILE, content: JSON.stringify(secret), permissions: "0600" },
    {
      path: "/usr/local/bin/aws",
      permissions: "0755",
      content: `#!/bin/sh
set -eu
echo "$*" >> ${CALLS_FILE}
if test -e ${OUTAGE_FILE}; then
  echo "Could not connect to the endpoint URL" >&2
  exit 255
fi
case "$1 $2" in
  "secretsmanager get-secret-value") cat ${SECRET_FILE} ;;
  "autoscaling describe-auto-scaling-instances") echo shop-Hosts-1234 ;;
  "autoscaling complete-lifecycle-action") ;;
  *) exit 1 ;;
esac
`,
    },
  ];
}
