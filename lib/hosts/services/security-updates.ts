import { MachineImage } from "../machine-image";
import { HostContent } from "../user-data/host-content";

const APT = `APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "false";
`;

const DNF = `[commands]
upgrade_type = security
random_sleep = 0
download_updates = yes
apply_updates = yes

[emitters]
emit_via = stdio
`;

/**
 * Security updates every day, by the distribution's own means. A host is not restarted for a new kernel: hosts
 * started later boot it, with the newest image.
 *
 * Sources: https://wiki.debian.org/UnattendedUpgrades,
 * https://docs.aws.amazon.com/linux/al2023/ug/deterministic-upgrades-usage.html
 */
export function securityUpdates(image: MachineImage): HostContent {
  const { packages } = image.installation("securityUpdates");
  if (image.facts.usesApt)
    return { packages, files: [{ path: "/etc/apt/apt.conf.d/90tandem", content: APT }] };
  return {
    packages,
    files: [
      { path: "/etc/dnf/automatic.conf", content: DNF },
      // Else Amazon Linux stays with the repositories of the day that its image was made.
      { path: "/etc/dnf/vars/releasever", content: "latest" },
    ],
    services: ["dnf-automatic.timer"],
  };
}
