export { longName, nameTag, namePrefix, pathBelow, pathInStack, pathName, pathSeenFrom } from "./names";
