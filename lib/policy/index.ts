export { type IGrantable, type PolicyStatement, assumeRolePolicy, policyDocument } from "./policy-document";
