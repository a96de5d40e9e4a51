export { said } from "./said";
