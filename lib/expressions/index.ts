export {
  base64,
  concatenate,
  escapeTemplate,
  fragments,
  gzippedBase64,
  knownText,
  literal,
  literalLength,
  numberText,
} from "./text";
