import { check } from "./check";

const rule = "slash-redirects-request";

const stack = (api: string): string => `//- /template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  NotesApi:
    Type: AWS::Serverless::HttpApi
${api}
  Notes:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: notes.handler
      Events:
        All: { Type: HttpApi, Properties: { ApiId: !Ref NotesApi, Path: "/{proxy+}", Method: ANY } }
`;

const flask = (app: string): string => `//- /notes.py
from apig_wsgi import make_lambda_handler
from flask import Blueprint, Flask
from flask_cors import CORS
app = Flask(__name__)
CORS(app, origins=["https://app.acmecorp.com"])
${app}
handler = make_lambda_handler(app)
`;

const fastapi = (app: string, cors = true): string => `//- /notes.py
from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from mangum import Mangum
app = FastAPI()
${cors ? 'app.add_middleware(CORSMiddleware, allow_origins=["https://app.acmecorp.com"])' : ""}
${app}
handler = Mangum(app)
`;

const page = (path: string, init: string, told = ""): string => `//- /web/page.js
const api = import.meta.env.VITE_NOTES_API_URL;
export const go = () => fetch(api + "${path}"${init});
${told && `//                            ${"^".repeat(path.length + 8)} ${told}`}
`;

const put = ', { method: "PUT", body: "{}" }';
const refused = "The browser's preflight is redirected";
const followed = "[information] The browser follows a redirect first";
const route = '@app.route("/notes/")\ndef notes():\n    return []';

describe(rule, () => {
  const told: Readonly<Record<string, string>> = {
    "a route of a blueprint":
      flask(`bp = Blueprint("n", __name__, url_prefix="/notes")
@bp.route("/")
def notes():
    return []
app.register_blueprint(bp)`) + page("/notes", put, refused),
    "a blueprint that is taken in under another prefix":
      flask(`bp = Blueprint("n", __name__, url_prefix="/x")
@bp.get("/")
def notes():
    return []
app.register_blueprint(bp, url_prefix="/notes")`) + page("/notes", put, refused),
    "a header that has to be asked for":
      flask(route) + page("/notes", ', { headers: { authorization: "t" } }', refused),
    "a plain read, which is only redirected": flask(route) + page("/notes", "", followed),
    "FastAPI, whose middleware answers preflights first":
      fastapi(route.replace("route", "get")) + page("/notes", put, followed),
    "FastAPI the other way round":
      fastapi('@app.put("/notes")\ndef notes():\n    return []') + page("/notes/", put, followed),
    "FastAPI without the middleware":
      fastapi(route.replace("route", "put"), false) + page("/notes", put, refused),
    "a router of FastAPI":
      fastapi(`router = APIRouter(prefix="/notes")
@router.put("/")
def notes():
    return []
app.include_router(router, prefix="/v1")`) + page("/v1/notes", put, followed),
  };
  for (const [name, files] of Object.entries(told))
    it(`is told of ${name}`, async () => {
      await check(rule, stack("") + files);
    });

  const silent: Readonly<Record<string, string>> = {
    "the path as the route has it": flask(route) + page("/notes/", put),
    "a path that Flask does not redirect":
      flask('@app.route("/notes")\ndef notes():\n    return []') + page("/notes/", put),
    "slashes that do not matter":
      flask('@app.route("/notes/", strict_slashes=False)\ndef notes():\n    return []') +
      page("/notes", put),
    "an application where they do not matter":
      flask(`app.url_map.strict_slashes = False\n${route}`) + page("/notes", put),
    "routes with both":
      flask(`${route}\n@app.route("/notes")\ndef n2():\n    return []`) + page("/notes", put),
    "routes that are added elsewhere":
      flask(`import other\napp.add_url_rule("/x", view_func=other.x)\n${route}`) +
      page("/notes", put),
    "a prefix that is not known":
      flask(`import os
bp = Blueprint("n", __name__, url_prefix=os.environ["P"])
@bp.route("/notes/")
def notes():
    return []
app.register_blueprint(bp)`) + page("/notes", put),
    "another path": flask(route) + page("/carts", put),
  };
  for (const [name, files] of Object.entries(silent))
    it(`is silent about ${name}`, async () => {
      await check(rule, stack("") + files);
    });
});
