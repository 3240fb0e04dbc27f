from functools import partial
from http import HTTPStatus
from types import SimpleNamespace

CORS = {"Access-Control-Allow-Origin": "*", "X-Internal": "1"}


def respond(status, *, headers=None, **extra):
    shown = {name: value for name, value in (headers or {}).items() if name != "X-Internal"}
    return {"statusCode": int(status), "headers": shown, **extra}


with_cors = partial(respond, headers=CORS, body="")
plain = partial(respond, body="")
RESPONSES = {404: with_cors(HTTPStatus.NOT_FOUND), 418: plain(418)}


def find(way):
    status = {"missing": 404, "teapot": 418}.get(way, 200)
    return SimpleNamespace(status=status, found=status == 200)


def handler(event, context):
    result = find(event["queryStringParameters"].get("way"))
    if result.found:
        return with_cors(HTTPStatus.OK)
    return RESPONSES.get(result.status, plain(500))
