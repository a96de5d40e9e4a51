export { type IGrantable, type PolicyStatement, assumeRolePolicy, policyDocument } from "./policy-document";
export { GrantableRole } from "./grantable-role";
