export { InvalidPropError, type PropProblem } from "./invalid-prop-error";
export { type NumberRange, PropChecks, isKnown } from "./prop-checks";
