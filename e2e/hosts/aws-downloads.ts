import type { HostFile } from "../../lib";

/** What CloudWatch's agent was told, a line for each call. */
export const AGENT_CALLS_FILE = "/var/lib/agent-calls";

/**
 * Stands in for what AWS lets hosts download: any package there is one of that name, with a service of that name.
 * Everything else is left to curl.
 */
export const AWS_DOWNLOADS: HostFile = {
  path: "/usr/local/bin/curl",
  permissions: "0755",
  content: `#!/bin/sh
set -eu
output= url= before=
for argument; do
  case "$before" in -o | --output) output="$argument" ;; esac
  case "$argument" in https://*) url="$argument" ;; esac
  before="$argument"
done
case "$url" in
  https://*.amazonaws.com/*.deb) ;;
  *) exec /usr/bin/curl "$@" ;;
esac
name="$(basename "$url" .deb)"
tree="$(mktemp --directory)"
mkdir -p "$tree/DEBIAN" "$tree/lib/systemd/system"
if test "$name" = amazon-cloudwatch-agent; then
  mkdir -p "$tree/opt/aws/$name/bin"
  printf '#!/bin/sh\necho "$*" >> ${AGENT_CALLS_FILE}\n' > "$tree/opt/aws/$name/bin/$name-ctl"
  chmod 755 "$tree/opt/aws/$name/bin/$name-ctl"
fi
cat > "$tree/DEBIAN/control" << EOF
Package: $name
Version: 1
Architecture: all
Maintainer: nobody
Description: stand-in
EOF
cat > "$tree/lib/systemd/system/$name.service" << EOF
[Service]
ExecStart=/bin/sleep infinity
[Install]
WantedBy=multi-user.target
EOF
dpkg-deb --build "$tree" "$output"
`,
};
