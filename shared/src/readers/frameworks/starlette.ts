/** Starlette */
import { asgiCors } from "./asgi";
import { aroundAdapter } from "./insertion-points";
import type { FrameworkDescriptor } from "./descriptor";

export const starlette: FrameworkDescriptor = {
  name: "Starlette",
  application: /^py:starlette(\.\w+)*\.Starlette$/,
  cors: asgiCors,
  coversErrors: "no",
  place: aroundAdapter,
};
