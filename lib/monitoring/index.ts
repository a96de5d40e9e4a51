export {
  type AlarmRule,
  type Comparison,
  type MissingData,
  type NamedThreshold,
  type Severity,
  type ThresholdRanges,
} from "./alarm-rule";
export { type Chart, type ChartLine } from "./chart";
export { Dashboard, type DashboardOptions } from "./dashboard/dashboard";
export { type LogDestination, logsIn } from "./log-destination";
export { MINUTE, type Metric, type MetricMath, type Statistic } from "./metric";
export { Monitoring, type MonitoringOptions } from "./monitoring";
export { AlarmTopic } from "./notifications/alarm-topic";
export { ChatChannels } from "./notifications/chat-channels";
export { type NotifyOptions, type SlackChannel, type TeamsChannel } from "./notifications/notify-options";
export { SiteDown } from "./site-down";
export { type Tier } from "./tier";
export { WatchedComponent } from "./watched-component";
export { type EventSource, type WatchPlace, type WatchedItems, type WatchlistOptions } from "./watched-items";
export { type IWatchable, Watchlist } from "./watchlist";
