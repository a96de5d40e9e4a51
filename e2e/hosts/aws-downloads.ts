import type { HostFile } from "../../lib";

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
