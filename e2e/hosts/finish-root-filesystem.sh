#!/bin/sh
# Runs in mmdebstrap: finish-root-filesystem.sh ROOT [PACKAGE...]
# Leaves ROOT as an image is before its first boot, with an archive of the packages as apt's only source.
set -eu
root="$1"
shift
archive="$root/srv/archive"
docker="$(dirname "$0")/docker-stand-in"

for package; do
  shift
  [ "$package" = docker.io ] || set -- "$@" "$package"
done

chroot "$root" apt-get clean
[ $# -eq 0 ] || chroot "$root" apt-get install --yes --download-only "$@"
mkdir -p "$archive"
find "$root/var/cache/apt/archives" -name "*.deb" -exec mv {} "$archive" \;
# No container runs in a container here, so Docker's package is one of ours.
tree="$(mktemp --directory)"
mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib/docker-stand-in" "$tree/lib/systemd/system"
cp "$docker/docker" "$tree/usr/bin/"
cp "$docker/container.py" "$tree/usr/lib/docker-stand-in/"
printf 'Package: docker.io\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: stand-in\n' > "$tree/DEBIAN/control"
printf '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n' > "$tree/lib/systemd/system/docker.service"
dpkg-deb --build "$tree" "$archive/docker.io.deb"
rm -r "$tree"

cd "$archive"
for package in *.deb; do
  [ -f "$package" ] || continue
  dpkg-deb --field "$package"
  echo "Filename: ./$package"
  echo "Size: $(stat --format %s "$package")"
  echo "SHA256: $(sha256sum "$package" | cut -d " " -f 1)"
  echo
done > Packages

rm -rf "$root"/var/lib/apt/lists/*
echo "deb [trusted=yes] file:/srv/archive ./" > "$root/etc/apt/sources.list"

# As Debian's image has it; without the first, cloud-init would look for other sources.
cat > "$root/etc/cloud/cloud.cfg.d/01_image.cfg" << EOF
apt:
  preserve_sources_list: true
datasource_list: [NoCloud]
locale: C.UTF-8
EOF
chroot "$root" systemctl enable systemd-networkd.service
# There is no router of IPv6 that hosts could wait for.
mkdir -p "$root/etc/systemd/network/10-cloud-init-host0.network.d"
printf '[Network]\nIPv6AcceptRA=no\n' > "$root/etc/systemd/network/10-cloud-init-host0.network.d/offline.conf"
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/hostname" "$root/etc/resolv.conf"
: > "$root/etc/machine-id"
