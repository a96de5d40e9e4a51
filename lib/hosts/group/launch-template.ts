import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Construct } from "constructs";
import { nameTag, pathName } from "../../naming";
import { MachineImage } from "../machine-image";

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
}

/** What hosts are started from: closed, encrypted, and tagged, since default tags of a provider don't reach them. */
export function createLaunchTemplate(scope: Construct, props: HostTemplateProps): LaunchTemplate {
  const tags = nameTag(scope);
  return new LaunchTemplate(scope, "LaunchTemplate", {
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
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
      resourceType,
      tags,
    })),
    tags,
  });
}
