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
  bodyRoutes:
    /^py:fastapi(\.\w+)*\.(FastAPI|APIRouter)\(\)\.(get|post|put|delete|patch|head|options|route|api_route)\(\)$/,
};
