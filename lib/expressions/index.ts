export { base64, concatenate, fragments, literal, literalLength, numberText } from "./text";
