/** FastAPI */
import { asgiCors } from "./asgi";
import { aroundAdapter } from "./insertion-points";
import type { FrameworkDescriptor } from "./descriptor";

export const fastapi: FrameworkDescriptor = {
  name: "FastAPI",
  application: /^py:fastapi(\.\w+)*\.FastAPI$/,
  cors: asgiCors,
  coversErrors: "no",
  place: aroundAdapter,
  slashRoutes: {
    redirects: "both",
    status: 307,
    router: /^py:fastapi(\.\w+)*\.APIRouter$/,
    prefix: "prefix",
    include: { method: "include_router", prefix: "prefix", replaces: false },
    off: "redirect_slashes",
  },
  bodyRoutes:
    /^py:fastapi(\.\w+)*\.(FastAPI|APIRouter)\(\)\.(get|post|put|delete|patch|head|options|route|api_route)\(\)$/,
};
