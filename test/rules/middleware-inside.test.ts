/** `middleware-misplaced` where an application answers crashes outside its middleware. */
import assert from "node:assert/strict";
import { findingsIn } from "./check";
import { parseLiteral } from "./literal";
import { ADMIN, APP, leaves, fixes, middlewareRule } from "./fixed-handlers";

describe("CORS middleware inside an application that answers crashes outside it", () => {
  const shop = (before: string, after: string): string => `#- /orders.py
"""The shop."""
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from mangum import Mangum
import sentry_sdk
import uvicorn

ORIGINS = ["${APP}"]

app = FastAPI(title="Shop")
${before}

@app.get("/orders")
def orders():
    return []


${after}
`;

  fixes({
    what: "options over several lines, with what is said above them",
    before: shop(
      `
# The page
app.add_middleware(
    CORSMiddleware,
    allow_origins=[
        *ORIGINS,
        "${ADMIN}",
    ],
    allow_methods=["*"],
)
`,
      `handler = Mangum(app=app, lifespan="off")  # entry`,
    ),
    at: "add_middleware",
    after: shop(
      "",
      `# The page
handler = Mangum(
    app=CORSMiddleware(
        app,
        allow_origins=[
            *ORIGINS,
            "${ADMIN}",
        ],
        allow_methods=["*"],
    ),
    lifespan="off",
)  # entry`,
    ),
  });

  fixes({
    what: "options with comments",
    before: shop(
      `app.add_middleware(
    CORSMiddleware,
    allow_origins=ORIGINS,  # the page
)
app.include_router(users)
`,
      "handler = Mangum(app)",
    ),
    at: "add_middleware",
    after: shop(
      "app.include_router(users)\n",
      `handler = Mangum(CORSMiddleware(
    app,
    allow_origins=ORIGINS,  # the page
))`,
    ),
  });

  const added = "app.add_middleware(CORSMiddleware, allow_origins=ORIGINS)\n";
  leaves(
    "a local server serves it as well",
    shop(added, 'handler = Mangum(app)\nif __name__ == "__main__":\n    uvicorn.run(app)'),
  );
  leaves(
    "a local server is told of it by name",
    shop(added, 'handler = Mangum(app)\nif __name__ == "__main__":\n    uvicorn.run("orders:app")'),
  );
  it("leaves what to do where the handler of another file has the same application", async () => {
    const text = shop(added, "handler = Mangum(app)");
    const other = `#- /admin.py
from mangum import Mangum
from orders import app

handler = Mangum(app, lifespan="off")
`;
    const found = await findingsIn(parseLiteral(text + other).files, [middlewareRule]);
    assert.ok(found.length > 0);
    assert.deepEqual(
      found.flatMap(({ fixes }) => fixes),
      [],
    );
  });
  leaves(
    "its options change in between",
    shop(added, `ORIGINS.append("${ADMIN}")\nhandler = Mangum(app)`),
  );
  leaves(
    "its name means something else later",
    shop(added, "app = sentry_sdk.wrap(app)\nhandler = Mangum(app)"),
  );
  leaves(
    "it is added in a function",
    `#- /orders.py
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from mangum import Mangum


def create():
    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=["${APP}"])
    return app


app = create()
handler = Mangum(app)
`,
  );
});
