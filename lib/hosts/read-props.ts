import { HostApplication } from "./host-application";
import { DEFAULT_INSTANCE_TYPES } from "./instance-types";
import { MachineImage } from "./machine-image";
import { ReverseProxy, readReverseProxy } from "./services/reverse-proxy";
import { WebHostsProps } from "./web-hosts-props";

const DEFAULT_ROOT_VOLUME_SIZE = 20;
const DEFAULT_GRACE_PERIOD = 300;

/** Props with the defaults that more than one place needs. */
export interface ReadProps {
  readonly application: HostApplication;
  readonly image: MachineImage;
  readonly instanceTypes: readonly string[];
  /** GiB. */
  readonly rootVolumeSize: number;
  /** Seconds. */
  readonly healthCheckGracePeriod: number;
  /** Undefined where requests go to the application itself. */
  readonly reverseProxy: ReverseProxy | undefined;
}

export function readProps(props: WebHostsProps): ReadProps {
  const application = props.application ?? HostApplication.statusPage();
  const image = props.image ?? MachineImage.amazonLinux2023();
  const { reverseProxy = application.isBaked ? false : {} } = props;
  return {
    application,
    image,
    instanceTypes: props.instanceTypes ?? defaultTypes(image, props.setup === "activePassive"),
    rootVolumeSize: props.rootVolumeSize ?? DEFAULT_ROOT_VOLUME_SIZE,
    healthCheckGracePeriod: props.healthCheckGracePeriod ?? DEFAULT_GRACE_PERIOD,
    reverseProxy: reverseProxy === false ? undefined : readReverseProxy(reverseProxy),
  };
}

function defaultTypes({ architecture }: MachineImage, one: boolean): readonly string[] {
  // An unknown architecture is refused later, with what is allowed.
  const types = DEFAULT_INSTANCE_TYPES[architecture] ?? [];
  return one ? types.slice(0, 1) : types;
}
