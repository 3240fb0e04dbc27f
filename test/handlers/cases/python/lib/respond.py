import json

from .headers import with_headers


def respond(status, body=None, extra=None):
    return with_headers({"statusCode": status, "body": json.dumps(body)}, extra or {})


def ok(body):
    return respond(200, body)


def bad_request(message):
    return respond(400, {"message": message})


def bare(status):
    return {"statusCode": status}
