import { type Values, isObject } from "../values";

/** Where resources are made if neither the provider nor the resource names a region. */
const DEFAULT_REGION = "us-east-1";

/** What one configuration of the AWS provider means for all its resources. */
export class ProviderSettings {
  public readonly region: string;
  public readonly defaultTags: Values;

  public constructor(config: Values) {
    this.region = typeof config.region === "string" ? config.region : DEFAULT_REGION;
    const [defaultTags] = Array.isArray(config.default_tags) ? config.default_tags : [];
    this.defaultTags = isObject(defaultTags) && isObject(defaultTags.tags) ? defaultTags.tags : {};
  }
}
