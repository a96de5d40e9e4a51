export { checkHostedZoneId } from "./hosted-zone";
