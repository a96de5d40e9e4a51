import type { Change } from "../planning";
import type { Block } from "../schema";
import { UNKNOWN, type Values, isAbsent, isObject, isUnknown } from "../values";
import type { ProviderSettings } from "./provider-settings";

/** What the provider does for every resource alike, and no schema says: default tags, and its region. */
export function withTagsAndRegion(
  block: Block,
  settings: ProviderSettings,
  { config, prior }: Change,
  planned: Values,
): Values {
  const { region, tags_all: tagsAll } = block.attributes;
  return {
    ...planned,
    ...(region?.computed && isAbsent(config.region) && prior === null && { region: settings.region }),
    ...(tagsAll?.computed && isAbsent(config.tags_all) && { tags_all: allTags(settings, config, prior) }),
  };
}

function allTags(settings: ProviderSettings, config: Values, prior: Values | null) {
  if (isUnknown(config.tags)) return UNKNOWN;
  const tags = { ...settings.defaultTags, ...(isObject(config.tags) ? config.tags : {}) };
  // Without any tag the provider leaves it to the apply.
  return Object.keys(tags).length === 0 && prior === null ? UNKNOWN : tags;
}
