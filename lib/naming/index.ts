export { nameTag, namePrefix, pathInStack, pathName } from "./names";
