export {
  base64,
  concatenate,
  fragments,
  gzippedBase64,
  knownText,
  literal,
  literalLength,
  numberText,
} from "./text";
