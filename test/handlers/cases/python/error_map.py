from http import HTTPStatus

from lib.constants import DEFAULTS


class HttpError(Exception):
    status = HTTPStatus.INTERNAL_SERVER_ERROR


class BadRequest(HttpError):
    status = HTTPStatus.BAD_REQUEST


class Missing(HttpError):
    status = HTTPStatus.NOT_FOUND


def check(way):
    if way is None:
        raise BadRequest("no way")
    if way == "missing":
        raise Missing("missing")
    if way == "boom":
        raise RuntimeError("boom")


def handler(event, context):
    try:
        check(event["queryStringParameters"].get("way"))
        return {"statusCode": HTTPStatus.OK, "headers": {**DEFAULTS}}
    except HttpError as error:
        return {"statusCode": error.status.value, "headers": DEFAULTS, "body": str(error)}
    except Exception:
        return {"statusCode": 500, "body": "failed"}
