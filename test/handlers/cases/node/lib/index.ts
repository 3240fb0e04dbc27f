export * as http from "./respond";
export { defaults as corsHeaders } from "./constants";
