import { PropChecks } from "../../validation";
import { HostContent } from "../user-data/host-content";
import { MachineImage } from "../machine-image";
import { APPLICATION_ENVIRONMENT_FILE, HOST_ENVIRONMENT_FILE, dropInFile } from "../user-data/systemd-unit";

/** @internal */
export function checkBakedImage(checks: PropChecks, service: string | undefined, image: MachineImage): void {
  checks.require(!image.isStock, {
    prop: "image",
    value: image.imageId,
    allowed:
      "an image of your own beside HostApplication.bakedImage: a distribution's image runs nothing yet",
    remedy: "Name it: MachineImage.ami(id).",
  });
  checks.matches("application.service", service, /^[\w@.:-]+\.service$/, {
    allowed: "the name of a systemd service, as in shop.service",
    remedy: "Services are listed on the image by: systemctl list-unit-files --type=service.",
  });
}

/**
 * What an image already runs gets the environment variables, and is started again to see them.
 *
 * @internal
 */
export function bakedImageContent(service: string | undefined): HostContent {
  if (service === undefined) return {};
  const variables = {
    Service: { EnvironmentFile: [HOST_ENVIRONMENT_FILE, APPLICATION_ENVIRONMENT_FILE] },
  };
  return {
    files: [dropInFile(service, "tandem", variables)],
    setup: ["systemctl daemon-reload", `systemctl restart ${service}`],
    services: [service],
  };
}
