import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Construct } from "constructs";
import { nameTag, pathName } from "../../naming";
import { MachineImage } from "../machine-image";
import { HostTags, Tags } from "./host-tags";

export interface HostTemplateProps {
  readonly image: MachineImage;
  readonly instanceType: string;
  /** Compressed by gzip, in Base64. */
  readonly userData: string;
  readonly instanceProfileArn: string;
  readonly securityGroupIds: string[];
  /** GiB. */
  readonly rootVolumeSize: number;
  readonly volumeKmsKeyArn?: string;
  readonly detailedMonitoring: boolean;
  readonly hibernate: boolean;
  /** Of hosts, volumes and network interfaces. */
  readonly tags: Tags;
}

/** What hosts are started from: closed, encrypted and tagged. */
export function createLaunchTemplate(scope: Construct, props: HostTemplateProps): LaunchTemplate {
  const tags = new HostTags(() => template, props.tags);
  const template: LaunchTemplate = new LaunchTemplate(scope, "LaunchTemplate", {
    namePrefix: `${pathName(scope).slice(0, 100)}-`,
    updateDefaultVersion: true,
    imageId: props.image.imageId,
    instanceType: props.instanceType,
    userData: props.userData,
    iamInstanceProfile: { arn: props.instanceProfileArn },
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    },
    monitoring: { enabled: props.detailedMonitoring },
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        deleteOnTermination: "true",
        securityGroups: props.securityGroupIds,
      },
    ],
    blockDeviceMappings: [
      {
        deviceName: props.image.rootDeviceName,
        ebs: {
          encrypted: "true",
          kmsKeyId: props.volumeKmsKeyArn,
          volumeType: "gp3",
          volumeSize: props.rootVolumeSize,
          deleteOnTermination: "true",
        },
      },
    ],
    hibernationOptions: props.hibernate ? { configured: true } : undefined,
    // No request for a spot instance: a host that is none would not start with tags for it.
    tagSpecifications: tags.specifications(["instance", "volume", "network-interface"]),
    tags: nameTag(scope),
  });
  template.node.addValidation({ validate: () => tags.validate() });
  return template;
}
