/** Rules about headers also judge what CORS middleware sends, as its options say. */
import { check } from "./check";

const express = (options: string, carets = ""): string => `//- /app.ts
import cors from "cors";
import express from "express";
import serverless from "serverless-http";

const app = express();
app.use(cors(${options}));${carets && `\n${carets}`}
app.get("/orders", (request, response) => response.json([]));
export const handler = serverless(app);
`;

const fastapi = (options: string, carets = ""): string => `#- /app.py
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from mangum import Mangum

app = FastAPI()
app.add_middleware(CORSMiddleware, ${options})${carets && `\n${carets}`}
handler = Mangum(app)
`;

const flask = (options: string, carets = ""): string => `#- /app.py
import awsgi
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, ${options})${carets && `\n${carets}`}


def handler(event, context):
    return awsgi.response(app, event, context)
`;

const chalice = (options: string, carets = ""): string => `#- /app.py
from chalice import Chalice, CORSConfig

app = Chalice(app_name="shop")


@app.route("/orders", cors=CORSConfig(${options}))${carets && `\n${carets}`}
def orders():
    return []


def handler(event, context):
    return app(event, context)
`;

describe("options of CORS middleware", () => {
  it("response-wildcard-with-credentials: libraries that send both", async () => {
    await check(
      "response-wildcard-with-credentials",
      express(
        `{ origin: "*", credentials: true }`,
        `//             ^^^^^^ [error] With cookies the browser refuses`,
      ),
      express(`{ origin: "*" }`),
    );
    await check(
      "response-wildcard-with-credentials",
      express(`{ credentials: true }`, `//      ^^^^ [error] With cookies the browser refuses`),
      express(`{}`),
    );
    await check(
      "response-wildcard-with-credentials",
      chalice(
        `allow_origin="*", allow_credentials=True`,
        `#                                     ^^^^^^^^^^^^ [error] With cookies the browser refuses`,
      ),
    );
  });

  it("reflected-origin-unchecked: libraries that send the request's Origin instead", async () => {
    await check(
      "reflected-origin-unchecked",
      fastapi(
        `allow_origins=["*"], allow_credentials=True`,
        `#                                                 ^^^ [error] The browser lets every site on the web read this with the user's cookies`,
      ),
    );
    await check(
      "reflected-origin-unchecked",
      flask(
        `resources={r"/*": {"origins": "*"}}, supports_credentials=True`,
        `#                                       ^^^ [error] The browser lets every site`,
      ),
    );
    await check(
      "reflected-origin-unchecked",
      express(
        `{ origin: true, credentials: true }`,
        `//                     ^^^^ [error] The browser lets every site`,
      ),
    );
  });

  it("origin-never-matches: lists of origins", async () => {
    await check(
      "origin-never-matches",
      express(
        `{ origin: ["https://app.acmecorp.com/"] }`,
        `//                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] No browser sends this origin`,
      ),
      express(`{ origin: ["https://app.acmecorp.com"] }`),
    );
    await check(
      "origin-never-matches",
      fastapi(
        `allow_origins=["https://app.acmecorp.com/"]`,
        `#                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] No browser sends`,
      ),
      fastapi(`allow_origins=["https://app.acmecorp.com"]`),
    );
  });

  it("is silent where the library drops credentials, where origins are named, and where settings decide", async () => {
    const ids = ["response-wildcard-with-credentials", "reflected-origin-unchecked"];
    await check(ids, express(`{ origin: ["https://app.acmecorp.com"], credentials: true }`));
    await check(ids, express(`{ origin: process.env.ORIGIN, credentials: true }`));
    await check(ids, express(`{ origin: "*", credentials: settings.cookies }`));
    await check(ids, express(`{ ...options, credentials: true }`));
    await check(ids, fastapi(`allow_origins=["*"]`));
    await check(ids, fastapi(`allow_origins=ORIGINS.split(","), allow_credentials=True`));
    await check(ids, flask(`origins="*"`));
    await check(ids, chalice(`allow_origin="https://app.acmecorp.com", allow_credentials=True`));
    await check(
      ids,
      `#- /app.py
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig

app = APIGatewayRestResolver(cors=CORSConfig(allow_origin="*", allow_credentials=True))


def handler(event, context):
    return app.resolve(event, context)
`,
    );
  });
});

describe("functions that decide about origins", () => {
  it("a loose test in one", async () => {
    await check(
      "origin-check-bypassable",
      express(
        `{ credentials: true, origin: (origin, done) => { if (!origin || origin.endsWith("acmecorp.com")) done(null, true); else done(null, false); } }`,
        "//                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser lets a look-alike site read this response.",
      ),
    );
  });

  it("one that lets every origin through", async () => {
    await check(
      "reflected-origin-unchecked",
      express(
        "{ credentials: true, origin: (origin, done) => done(null, true) }",
        "//                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser lets every site on the web read this",
      ),
      express(`{ credentials: true, origin: "https://app.example.com" }`),
    );
  });

  it("a list in one is silent", async () => {
    await check(
      ["origin-check-bypassable", "reflected-origin-unchecked"],
      express(
        `{ credentials: true, origin: (origin, done) => done(null, !origin || ["https://app.acmecorp.com"].includes(origin)) }`,
      ),
    );
  });
});
