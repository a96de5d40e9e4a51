export { longName, nameTag, namePrefix, pathInStack, pathName } from "./names";
