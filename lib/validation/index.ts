export { InvalidPropError, type PropProblem, describeValue } from "./invalid-prop-error";
export { type NumberRange, PropChecks, isKnown } from "./prop-checks";
